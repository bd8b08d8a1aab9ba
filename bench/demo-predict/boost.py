"""Gradient boosting of depth-limited trees on the logistic loss, with missing values and categories.

Second-order boosting as in Chen and Guestrin, "XGBoost: a scalable tree boosting system" (2016): a
leaf is -G / (H + LAMBDA), a split's gain is the growth of G^2 / (H + LAMBDA). Thresholds are
quantiles; rows whose value is missing go to the side where they gain more; categories are put in
order by G / H and cut once.
"""

import math

LAMBDA = 2.0
MIN_HESSIAN = 8.0
MIN_GAIN = 0.5
BINS = 32


def thresholds(rows, column):
    """Values between quantiles of a column."""
    values = sorted(r[column] for r in rows if not math.isnan(r[column]))
    cuts = sorted({values[len(values) * i // BINS] for i in range(1, BINS)})
    return [c for c in cuts if c > values[0]]


class Node:
    """A leaf, or a split by a threshold or a set of categories that go right."""

    def __init__(self, g, h):
        self.weight = -g / (h + LAMBDA)
        self.hessian = h
        self.column = -1
        self.threshold = 0.0
        self.categories = None
        self.missing_left = False
        self.gain = 0.0
        self.left = self.right = None

    def goes_left(self, row):
        x = row[self.column]
        if math.isnan(x):
            return self.missing_left
        return int(x) not in self.categories if self.categories else x < self.threshold


def score(g, h):
    return g * g / (h + LAMBDA)


class Grower:
    """Grows trees on rows that stay the same."""

    def __init__(self, rows, types, depth):
        self.rows, self.types, self.depth = rows, types, depth
        self.cuts = [None if t == "c" else thresholds(rows, c) for c, t in enumerate(types)]

    def tree(self, g, h):
        """A tree for gradients and hessians, one a row."""
        self.g, self.h = g, h
        return self.grow(list(range(len(self.rows))), self.depth)

    def grow(self, ids, depth):
        node = Node(sum(self.g[i] for i in ids), sum(self.h[i] for i in ids))
        best = max(self.splits(ids), key=lambda s: s[0], default=None) if depth else None
        if best is None or best[0] < MIN_GAIN:
            return node
        node.gain, node.column, node.threshold, node.categories, node.missing_left = best
        left = [i for i in ids if node.goes_left(self.rows[i])]
        right = [i for i in ids if not node.goes_left(self.rows[i])]
        node.left, node.right = self.grow(left, depth - 1), self.grow(right, depth - 1)
        return node

    def splits(self, ids):
        for column, kind in enumerate(self.types):
            groups = {}
            for i in ids:
                x = self.rows[i][column]
                key = None if math.isnan(x) else int(x) if kind == "c" else self.bin(column, x)
                old = groups.get(key, (0.0, 0.0))
                groups[key] = (old[0] + self.g[i], old[1] + self.h[i])
            missing = groups.pop(None, (0.0, 0.0))
            yield from self.cut(column, kind, groups, missing)

    def bin(self, column, x):
        """How many thresholds are at most x."""
        low, high = 0, len(self.cuts[column])
        while low < high:
            mid = (low + high) // 2
            low, high = (mid + 1, high) if self.cuts[column][mid] <= x else (low, mid)
        return low

    def cut(self, column, kind, groups, missing):
        keys = sorted(groups)
        if kind == "c":
            keys.sort(key=lambda k: groups[k][0] / (groups[k][1] + LAMBDA))
        g = sum(v[0] for v in groups.values())
        h = sum(v[1] for v in groups.values())
        whole = score(g + missing[0], h + missing[1])
        left_g = left_h = 0.0
        for place, key in enumerate(keys[:-1]):
            left_g += groups[key][0]
            left_h += groups[key][1]
            for missing_left in (False, True):
                lg = left_g + (missing[0] if missing_left else 0.0)
                lh = left_h + (missing[1] if missing_left else 0.0)
                rg, rh = g + missing[0] - lg, h + missing[1] - lh
                if lh < MIN_HESSIAN or rh < MIN_HESSIAN:
                    continue
                gain = score(lg, lh) + score(rg, rh) - whole
                if kind == "c":
                    yield gain, column, 0.0, set(keys[place + 1:]), missing_left
                else:
                    yield gain, column, self.cuts[column][keys[place + 1] - 1], None, missing_left


def predict(node, row):
    while node.left:
        node = node.left if node.goes_left(row) else node.right
    return node.weight


def boost(rows, targets, types, trees, depth, rate):
    """Trees whose leaves are scaled by the rate already, and the base score as a probability."""
    base = sum(targets) / len(targets)
    margins = [math.log(base / (1 - base))] * len(rows)
    grower = Grower(rows, types, depth)
    grown = []
    for _ in range(trees):
        p = [1 / (1 + math.exp(-m)) for m in margins]
        tree = grower.tree([a - b for a, b in zip(p, targets)], [a * (1 - a) for a in p])
        shrink(tree, rate)
        margins = [m + predict(tree, r) for m, r in zip(margins, rows)]
        grown.append(tree)
    return grown, base


def shrink(node, rate):
    node.weight = float("%.5g" % (node.weight * rate))
    if node.left:
        shrink(node.left, rate)
        shrink(node.right, rate)
