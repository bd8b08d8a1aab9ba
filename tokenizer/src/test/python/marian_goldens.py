"""Writes the ids of a Marian folder for the texts of sentencepiece-goldens.json.

Usage: marian_goldens.py SHARED_DATA_FOLDER SENTENCEPIECE_GOLDENS OUTPUT_JSON
The pieces are those that C++ SentencePiece gave there; vocab.json makes them ids.
"""

import json
import sys

MODEL = "opus-mt-en-mg"


def fields(data):
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        key = varint()
        if key & 7 == 2:
            size = varint()
            yield key >> 3, data[at : at + size]
            at += size
        elif key & 7 == 5:
            at += 4
        elif key & 7 == 1:
            at += 8
        else:
            varint()


def main(data, goldens, output):
    folder = data + "/tok/" + MODEL
    model = open(folder + "/source.spm", "rb").read()
    messages = [value for field, value in fields(model) if field == 1]
    pieces = [next(v for f, v in fields(m) if f == 1).decode() for m in messages]
    vocab = json.load(open(folder + "/vocab.json", encoding="utf-8"))
    golden = json.load(open(goldens, encoding="utf-8"))
    ids = next(m["ids"] for m in golden["models"] if m["model"].endswith(MODEL + "/source.spm"))
    unknown = vocab["<unk>"]
    cases = [
        {"text": text, "ids": [vocab.get(pieces[i], unknown) for i in encoded]}
        for text, encoded in zip(golden["texts"], ids)
    ]
    missing = sum(piece not in vocab for piece in pieces)
    print(len(pieces), "pieces,", missing, "of them not in the vocabulary")
    with open(output, "w", encoding="ascii") as file:
        json.dump(cases, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
