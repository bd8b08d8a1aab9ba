"""Trains the three demo encoders: vectors first, then the other two from their body.

    python3 train.py WORK_DIRECTORY [MINUTES_OF_PROCESSOR_TIME]
"""
import json
import math
import os
import sys
import time

import torch
from torch.nn import functional as F

from batches import Pool, collate, same
from model import Embedder, Scorer
from texts import build
from texts.group import LABELS
from wordpiece import Encoder, train as train_vocabulary

VOCABULARY, RATE = 1600, 2e-3
SHARES = {"embed": 0.31, "rerank": 0.61, "classify": 0.08}      # of the time
DECAYED = 0.01


def fit(name, model, step, minutes, rate):
    """Runs steps until the processor time is spent; the rate rises at first and then falls with it."""
    grouped = [{"params": [p for p in model.parameters() if p.dim() > 1], "weight_decay": DECAYED},
               {"params": [p for p in model.parameters() if p.dim() == 1], "weight_decay": 0}]
    optimizer = torch.optim.AdamW(grouped, lr=rate, betas=(0.9, 0.98))
    start, mean, n = time.process_time(), None, 0
    while (done := (time.process_time() - start) / (60 * minutes)) < 1:
        for g in optimizer.param_groups:
            g["lr"] = rate * min(1, (n + 1) / 80) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done)))
        loss = step(model)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        mean = loss.item() if mean is None else 0.98 * mean + 0.02 * loss.item()
        n += 1
        if n % 50 == 0:
            print(f"{name} step {n} {100 * done:.0f} % loss {mean:.3f}", flush=True)
    print(f"{name}: {n} steps, {(time.process_time() - start) / 60:.1f} minutes, loss {mean:.3f}", flush=True)


def embed_step(pool, clusters=12, size=8):
    def step(model):
        rows = pool.pairs(clusters, size)
        a = model(*collate([pool.ids(x) for _, x, _ in rows]))
        b = model(*collate([pool.ids(y) for _, _, y in rows]))
        scores = a @ b.T * 20
        # Another text of the same group is no wrong answer.
        hide = torch.tensor([[i != j and same(p[0], q[0]) for j, q in enumerate(rows)] for i, p in enumerate(rows)])
        scores = scores.masked_fill(hide, -1e4)
        right = torch.arange(len(rows))
        return (F.cross_entropy(scores, right) + F.cross_entropy(scores.T, right)) / 2
    return step


def rerank_step(pool, queries=14, negatives=6):
    def step(model):
        rows = [pool.ranking(negatives) for _ in range(queries)]
        pairs = [(pool.ids(q), pool.ids(t)) for q, texts in rows for t in texts]
        scores = model(*collate(pairs)).view(queries, negatives + 1)
        target = torch.zeros_like(scores)
        target[:, 0] = 1
        weight = torch.where(target > 0, torch.tensor(3.0), torch.tensor(1.0))
        return F.cross_entropy(scores, torch.zeros(queries, dtype=torch.long)) + F.binary_cross_entropy_with_logits(scores, target, weight)
    return step


def classify_step(pool, size=96):
    by_label = {label: [] for label in LABELS}
    for groups in pool.themes.values():
        for g in groups:
            if g.label:
                by_label[g.label].append(g)

    def step(model):
        rows = []
        while len(rows) < size:
            label = pool.r.choice(LABELS)
            texts = pool.seen(pool.r.choice(by_label[label]).texts)
            if texts:
                rows.append((LABELS.index(label), pool.r.choice(texts)))
        scores = model(*collate([pool.ids(t) for _, t in rows]))
        return F.cross_entropy(scores, torch.tensor([label for label, _ in rows]), label_smoothing=0.03)
    return step


def main(work, minutes):
    """A model that is there already is not trained again."""
    torch.set_num_threads(1)
    torch.manual_seed(build.SEED)
    os.makedirs(work, exist_ok=True)
    file = lambda name: os.path.join(work, name + ".pt")
    vocab = vocabulary(os.path.join(work, "vocab.json"))
    pool = Pool(Encoder(vocab), build.SEED)
    print(len(vocab), "pieces", flush=True)

    embedder = Embedder(len(vocab))
    if os.path.exists(file("embed")):
        embedder.load_state_dict(torch.load(file("embed")))
    else:
        fit("embed", embedder, embed_step(pool), minutes * SHARES["embed"], RATE)
        torch.save(embedder.state_dict(), file("embed"))
    for name, scores, step in (("classify", len(LABELS), classify_step(pool)), ("rerank", 1, rerank_step(pool))):
        if not os.path.exists(file(name)):
            scorer = Scorer(len(vocab), scores)
            scorer.load_state_dict(embedder.state_dict(), strict=False)
            fit(name, scorer, step, minutes * SHARES[name], RATE / 2)
            torch.save(scorer.state_dict(), file(name))


def vocabulary(file):
    if not os.path.exists(file):
        vocab = train_vocabulary([t for groups in build.groups().values() for g in groups for t in g.texts], VOCABULARY)
        json.dump(vocab, open(file, "w"))
    return json.load(open(file))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 7.4)
