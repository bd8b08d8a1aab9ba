"""Trains the demo model of rows: python3 train.py OUT.json"""

import math
import random
import sys

import boost
import export
import nights

TREES, DEPTH, RATE = 48, 3, 0.25


def losses(trees, base, rows, found):
    """Mean log loss and share of right guesses."""
    start = math.log(base / (1 - base))
    loss = right = 0.0
    for row, y in zip(rows, found):
        p = 1 / (1 + math.exp(-start - sum(boost.predict(t, row) for t in trees)))
        loss -= math.log(p if y else 1 - p)
        right += (p > 0.5) == (y > 0.5)
    return loss / len(rows), right / len(rows)


def main():
    rows, found = nights.nights(8000, seed=1)
    trees, base = boost.boost(rows, found, nights.TYPES, TREES, DEPTH, RATE)
    export.write(sys.argv[1], trees, base, nights.FEATURES, nights.TYPES)
    unseen, ends = nights.nights(4000, seed=2)
    print("base %.3f" % base)
    print("trained on: loss %.4f, right %.3f" % losses(trees, base, rows, found))
    print("unseen:     loss %.4f, right %.3f" % losses(trees, base, unseen, ends))
    best = [nights.night(random.Random(3 + i))[1] for i in range(2000)]
    print("as good as it can be: right %.3f" % (sum(max(p, 1 - p) for p in best) / len(best)))
    for row in ([0, 15, -12, 30, 0.1, 0.5], [2, 7, 18, 0, 0.2, 3], [3, 12, 9, math.nan, 0.5, 4]):
        row = [float(x) for x in row]
        margin = math.log(base / (1 - base)) + sum(boost.predict(t, row) for t in trees)
        print(row, "%.6f" % (1 / (1 + math.exp(-margin))))


if __name__ == "__main__":
    main()
