"""Byte-level BPE: training on the corpus, encoding and decoding (GPT-2's byte letters and word pattern).

    python3 bpe.py CORPUS OUT.json [VOCABULARY]
"""
import heapq
import json
import sys
from collections import Counter, defaultdict

import regex

SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
PATTERN = regex.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")
SPLIT = regex.compile("(" + "|".join(regex.escape(s) for s in SPECIALS) + ")")


def byte_letters():
    """GPT-2's map of the 256 bytes to printable characters."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table, extra = {b: chr(b) for b in plain}, 0
    for b in range(256):
        if b not in table:
            table[b] = chr(256 + extra)
            extra += 1
    return table


LETTERS = byte_letters()
BYTES = {c: b for b, c in LETTERS.items()}


def word_letters(word):
    return tuple(LETTERS[b] for b in word.encode("utf-8"))


def train(text, size):
    """Merges the most frequent pair again and again; ties are broken by the text of the pair."""
    counts = Counter()
    for part in SPLIT.split(text):
        if part not in SPECIALS:
            counts.update(PATTERN.findall(part.replace("\0", "")))
    # Numbers of several digits stay out, so that digits are never merged with one another.
    words = [[list(word_letters(w)), n] for w, n in counts.items() if sum(c.isdigit() for c in w) < 2]
    pairs, where = Counter(), defaultdict(set)
    for i, (w, n) in enumerate(words):
        for p in zip(w, w[1:]):
            pairs[p] += n
            where[p].add(i)
    heap = [(-n, p) for p, n in pairs.items()]
    heapq.heapify(heap)
    merges, tokens = [], [LETTERS[b] for b in range(256)]
    while len(tokens) + len(SPECIALS) < size and heap:
        n, p = heapq.heappop(heap)
        if pairs.get(p, 0) != -n or n == 0:
            continue
        merges.append(p)
        tokens.append(p[0] + p[1])
        changed = set()
        for i in where.pop(p):
            w, k = words[i]
            for q in zip(w, w[1:]):
                pairs[q] -= k
                changed.add(q)
            j, out = 0, []
            while j < len(w):
                if j + 1 < len(w) and (w[j], w[j + 1]) == p:
                    out.append(p[0] + p[1])
                    j += 2
                else:
                    out.append(w[j])
                    j += 1
            words[i][0] = out
            for q in zip(out, out[1:]):
                pairs[q] += k
                where[q].add(i)
                changed.add(q)
        pairs.pop(p, None)
        for q in changed:
            if pairs.get(q, 0) > 0:
                heapq.heappush(heap, (-pairs[q], q))
    return {"tokens": tokens + SPECIALS, "merges": [" ".join(m) for m in merges]}


class Tokenizer:
    def __init__(self, data):
        self.tokens = data["tokens"]
        self.ids = {t: i for i, t in enumerate(self.tokens)}
        self.ranks = {tuple(m.split(" ")): i for i, m in enumerate(data["merges"])}
        self.cache = {}

    def word(self, word):
        got = self.cache.get(word)
        if got is None:
            w = list(word_letters(word))
            while len(w) > 1:
                rank, i = min((self.ranks.get(p, 1 << 30), i) for i, p in enumerate(zip(w, w[1:])))
                if rank == 1 << 30:
                    break
                w[i:i + 2] = [w[i] + w[i + 1]]
            got = self.cache[word] = [self.ids[t] for t in w]
        return got

    def encode(self, text):
        out = []
        for part in SPLIT.split(text):
            if part in SPECIALS:
                out.append(self.ids[part])
            elif part:
                for w in PATTERN.findall(part):
                    out += self.word(w)
        return out

    def decode(self, ids):
        out = bytearray()
        for i in ids:
            t = self.tokens[i]
            out += t.encode() if t in SPECIALS else bytes(BYTES[c] for c in t)
        return out.decode("utf-8", "replace")


def load(path):
    with open(path, encoding="utf-8") as f:
        return Tokenizer(json.load(f))


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as f:
        data = train(f.read(8_000_000), int(sys.argv[3]) if len(sys.argv) > 3 else 1792)
    with open(sys.argv[2], "w", encoding="utf-8") as f:
        json.dump(data, f, ensure_ascii=False)
