"""Writes what C++ SentencePiece (Debian python3-sentencepiece 0.1.97) makes of hard texts.

Usage: sentencepiece_goldens.py SHARED_DATA_FOLDER OUTPUT_JSON
For each model: ids and decoded text of every case, and a CRC-32 over the ids of all lines of
botchan.txt (each id as four bytes, little endian; each line ended by ffffffff).
"""

import json
import random
import struct
import sys
import zlib

import sentencepiece

MODELS = [
    "spm/test_model.model",
    "spm/test_ja_model.model",
    "spm/ice_text.model",
    "opus-mt-en-mg/source.spm",
    "opus-mt-en-mg/target.spm",
    "hf/nmt/vocab.joint.spm",
    "mistral/tokenizer.model.v1",
    "mistral/mistral_instruct_tokenizer_240216.model.v2",
    "mistral/mistral_instruct_tokenizer_240323.model.v3",
    "mistral/mistral_instruct_tokenizer_241114.model.v7",
]

PLAIN = [
    "", " ", "  ", "\t", "\n", "a", " a", "a ", "  a  b  ", "\u2581", "\u2581a", "a\u2581\u2581",
    "Hello world!", "I saw a girl with a telescope.", "吾輩は猫である。名前はまだ無い。",
    "①②③ ㌔ ﬁ ｱｲｳ ﾊﾟ Å Å", "e\u0301\u0301 n\u0303 각 가", "한국어 문장입니다.",
    "Ünïcödé ÄÖÜ ß ẞ İ ı", "🦙🦙 👩‍👩‍👧 🇩🇪🇫🇷", "\u200b\u200d\ufeff\u00ad", "\u3000全角\u3000",
    "a\u00a0b\u2003c\u2028d\u0085e", "<s></s><unk>", "<pad><n><0x41>", "(phrasefix)(#1)x",
    "[INST] [/INST]", "1234567890 3.14159 1,000,000", "don't can't WON'T", "foo\r\nbar\rbaz\n\n",
    "\u0000\u0001\u001f\u007f\u0080", "ﷺ ﷽ العربية", "ไทย ำ น้ำ", "हिन्दी में", "x" * 300,
    "a" * 50 + " " * 20 + "b", "ｆｕｌｌ　ｗｉｄｔｈ", "㍿㌢㍍ ½ ⅓ ² ₃", "\ufffd \ufffe \U0010ffff", "…‥ ‼ ⁇ ⁉",
]
POOL = (
    "abcdefghij ABC ,.!?'\"-0123456789 \t\n\u2581\u3000\u00a0éüßœ\u0301\u0308ｱｶﾞ①ﬁ中文字日本語"
    "かなカナ한글아ไทยหิे🦙👍\u200d\ufe0f\u200bабвгд αβγ ‘’“”–—…"
)


def cases():
    random.seed(20240501)
    texts = list(PLAIN)
    for size in (3, 8, 20, 60) * 12:
        texts.append("".join(random.choice(POOL) for _ in range(size)))
    words = "the of and to in a is that Botchan teacher said never Tokyo school 先生 です".split()
    for size in (5, 40, 400):
        texts.append(" ".join(random.choice(words) for _ in range(size)))
    return texts


def checksum(processor, lines):
    crc = 0
    for line in lines:
        ids = processor.encode(line)
        crc = zlib.crc32(struct.pack("<%dI" % (len(ids) + 1), *ids, 0xFFFFFFFF), crc)
    return crc


def main(data, output):
    texts = cases()
    lines = open(data + "/tok/spm/botchan.txt", encoding="utf-8", newline="").read().split("\n")
    models = []
    for name in MODELS:
        processor = sentencepiece.SentencePieceProcessor(model_file=data + "/tok/" + name)
        encoded = [processor.encode(text) for text in texts]
        models.append(
            {
                "model": "data/tok/" + name,
                "ids": encoded,
                "decoded": [processor.decode(ids) for ids in encoded],
                "botchan": checksum(processor, lines),
            }
        )
    with open(output, "w", encoding="ascii") as file:
        json.dump({"texts": texts, "models": models}, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
