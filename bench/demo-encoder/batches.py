"""Draws training batches from the groups."""
import collections
import random

import torch

from texts import build
from wordpiece import CLS, PAD, SEP


def collate(inputs):
    """Ids, types and mask [B, T] of texts (lists of ids) or pairs of them."""
    rows = []
    for item in inputs:
        parts = item if isinstance(item, tuple) else (item,)
        ids, types = [CLS], [0]
        for kind, part in enumerate(parts):
            ids += part[:60] + [SEP]
            types += [kind] * (min(len(part), 60) + 1)
        rows.append((ids, types))
    width = max(len(ids) for ids, _ in rows)
    pad = lambda row, fill: row + [fill] * (width - len(row))
    ids = torch.tensor([pad(ids, PAD) for ids, _ in rows])
    types = torch.tensor([pad(types, 0) for _, types in rows])
    mask = torch.tensor([[1.0] * len(ids) + [0.0] * (width - len(ids)) for ids, _ in rows])
    return ids, types, mask


class Pool:
    """The groups with the texts of training or those held out."""

    def __init__(self, encode, seed):
        self.r = random.Random(seed)
        self.encode = encode
        self.cache = {}
        self.themes = build.groups()
        self.weights = [build.THEMES[t] for t in self.themes]
        self.by_subject, self.by_kind = collections.defaultdict(list), collections.defaultdict(list)
        for theme, groups in self.themes.items():
            for g in groups:
                self.by_subject[theme, g.subject].append(g)
                self.by_kind[theme, g.kind].append(g)

    def ids(self, text):
        text = build.sloppy(self.r, text)
        if text not in self.cache:
            self.cache[text] = self.encode(text)
        return self.cache[text]

    def group(self):
        theme = self.r.choices(list(self.themes), self.weights)[0]
        return theme, self.r.choice(self.themes[theme])

    def near(self, theme, g):
        """Another group: of the same subject, of the same kind, or any."""
        x = self.r.random()
        options = self.by_subject[theme, g.subject] if x < 0.4 else self.by_kind[theme, g.kind] if x < 0.75 else self.themes[theme]
        return self.r.choice(options)

    def seen(self, texts):
        return [t for t in texts if not build.is_held_out(t)]

    def pairs(self, clusters, size):
        """Groups with two texts each; groups that are easily taken for one another stand together."""
        out = []
        while len(out) < clusters * size:
            theme, g = self.group()
            for other in [g] + [self.near(theme, g) for _ in range(size - 1)]:
                texts = self.seen(other.texts)
                if len(texts) > 1:
                    out.append((other, *self.r.sample(texts, 2)))
        return out[:clusters * size]

    def ranking(self, negatives):
        """A query, the passage for it, and others."""
        while True:
            theme, g = self.group()
            questions, statements = self.seen(g.questions), self.seen(g.statements)
            if not questions or not statements:
                continue
            query, passage = self.r.choice(questions), self.r.choice(statements)
            if self.r.random() < 0.15:
                query = self.r.choice(self.seen(g.statements))
            others = []
            while len(others) < negatives:
                t, other = (theme, self.near(theme, g)) if self.r.random() < 0.75 else self.group()
                texts = self.seen(other.statements)
                if texts and not same(other, g):
                    others.append(self.r.choice(texts))
            return query, [passage] + others


def same(a, b):
    return a is b or (a.subject == b.subject and a.kind == b.kind) or bool(set(a.statements) & set(b.statements)) or bool(set(a.questions) & set(b.questions))
