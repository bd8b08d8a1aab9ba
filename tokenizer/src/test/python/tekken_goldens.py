"""Writes a small tekken.json in the real layout and the ids of texts, computed independently.

Usage: tekken_goldens.py OUTPUT_FOLDER
The vocabulary is trained here on the texts; ids follow by merging, in each word that the pattern
finds, the neighbours whose joint bytes have the lowest rank (module regex).
"""

import base64
import collections
import json
import sys

import regex

PATTERN = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
    r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
NUM_SPECIAL = 32
NUM_BEYOND = 7
SPECIAL = [
    "<unk>", "<s>", "</s>", "[INST]", "[/INST]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]",
    "[TOOL_RESULTS]", "[/TOOL_RESULTS]", "[TOOL_CALLS]", "[IMG]", "<pad>", "[IMG_BREAK]",
    "[IMG_END]", "[PREFIX]", "[MIDDLE]", "[SUFFIX]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]",
    "[TOOL_CONTENT]", "[TRANSCRIBE]", "[AUDIO]", "[BEGIN_AUDIO]", "[ARGS]", "[CALL_ID]",
]
TEXTS = [
    "Hello world! Hello, World; helloWorld HELLO wORLD",
    "The quick brown fox jumps over the lazy dog. The dog sleeps, the fox does not.",
    "Numbers 1234567890 and 3.14159, dates 2024-01-02.",
    "  leading spaces\n\n\nand lines\r\n\tand tabs  \n",
    "Größe über naïve façade Straße ÄÖÜ",
    "Привет мир, как дела? こんにちは世界 你好世界",
    "emoji \U0001f999\U0001f999 and e\u0301 combining",
    "[INST] is text here </s> <s> [ARGS]",
    "", " ", "\n", "a", "/path/to//file/\n/next", "don't CAN'T I'm",
]


def merge(word, ranks):
    parts = [bytes([b]) for b in word]
    while len(parts) > 1:
        best = min(
            range(len(parts) - 1), key=lambda i: (ranks.get(parts[i] + parts[i + 1], 1 << 30), i)
        )
        if parts[best] + parts[best + 1] not in ranks:
            break
        parts[best : best + 2] = [parts[best] + parts[best + 1]]
    return parts


def words(text):
    return [m.group().encode() for m in regex.finditer(PATTERN, text)]


def train(num_merges):
    ranks = {bytes([b]): b for b in range(256)}
    corpus = [w for text in TEXTS for w in words(text)]
    while len(ranks) < 256 + num_merges:
        counts = collections.Counter()
        for word in corpus:
            parts = merge(word, ranks)
            counts.update(a + b for a, b in zip(parts, parts[1:]))
        pair = min(counts, key=lambda p: (-counts[p], p))
        ranks[pair] = len(ranks)
    return ranks


def main(folder):
    ranks = train(150)
    size = len(ranks) - NUM_BEYOND
    vocab = []
    for token, rank in ranks.items():
        try:
            spelled = token.decode()
        except UnicodeDecodeError:
            spelled = None
        encoded = base64.b64encode(token).decode()
        vocab.append({"rank": rank, "token_bytes": encoded, "token_str": spelled})
    special = [
        {"rank": i, "token_str": token, "is_control": True} for i, token in enumerate(SPECIAL)
    ]
    config = {
        "pattern": PATTERN,
        "num_vocab_tokens": len(vocab),
        "default_vocab_size": NUM_SPECIAL + size,
        "default_num_special_tokens": NUM_SPECIAL,
        "version": "v11",
    }
    with open(folder + "/tekken.json", "w", encoding="ascii") as file:
        parts = {"config": config, "vocab": vocab, "special_tokens": special}
        json.dump(parts, file, separators=(",", ":"))
        file.write("\n")
    used = {token: rank for token, rank in ranks.items() if rank < size}
    cases = []
    for text in TEXTS:
        ids = [NUM_SPECIAL + used[p] for w in words(text) for p in merge(w, used)]
        cases.append({"text": text, "ids": ids})
    with open(folder + "/tekken-goldens.json", "w", encoding="ascii") as file:
        json.dump(cases, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
