"""Trains the demo model on the corpus; resumable; bf16 on the CPU; the schedule follows the wall clock.

    python3 train.py --work DIR --minutes 75
"""
import argparse
import math
import os
import signal
import time

import numpy as np
import torch
import torch.nn.functional as F

import bpe
from model import Config, Demo

LENGTHS = {256: 0.75, 512: 0.20, 2048: 0.05}     # share of the tokens in sequences of each length


class Data:
    """Documents as token lists; sequences always begin with the beginning of a document."""

    def __init__(self, work, tok):
        path = os.path.join(work, "corpus.txt")
        cache = os.path.join(work, "corpus.npz")
        if not os.path.exists(cache) or os.path.getmtime(cache) < os.path.getmtime(path):
            with open(path, encoding="utf-8") as f:
                docs = f.read().split("\0")[:-1]
            parts = [np.array(tok.encode(d) + [tok.ids["<|endoftext|>"]], np.uint16) for d in docs]
            np.savez(cache, ids=np.concatenate(parts), starts=np.cumsum([0] + [len(p) for p in parts]))
        z = np.load(cache)
        self.ids, self.starts = z["ids"], z["starts"]
        lens = np.diff(self.starts)
        self.short = np.nonzero(lens < 900)[0]
        self.long = np.nonzero(lens >= 900)[0]
        self.queue = []
        print(f"{len(lens)} documents, {len(self.ids)} tokens, {len(self.long)} long ones", flush=True)

    def next_short(self, rng):
        if not self.queue:
            self.queue = list(rng.permutation(self.short))
        d = self.queue.pop()
        return self.ids[self.starts[d]:self.starts[d + 1]]

    def sequence(self, length, rng):
        out, size = [], 0
        if length >= 1024 and rng.random() < 0.6:
            d = rng.choice(self.long)
            out.append(self.ids[self.starts[d]:self.starts[d + 1]])
            size = len(out[0])
        while size < length + 1:
            out.append(self.next_short(rng))
            size += len(out[-1])
        return np.concatenate(out)[:length + 1].astype(np.int64)


def weights_of(seq, tok):
    """1 for the assistant's words and for plain stories, 0.2 for what the user and the system say."""
    start, end, eot = (tok.ids[s] for s in ("<|im_start|>", "<|im_end|>", "<|endoftext|>"))
    w = np.ones(len(seq), np.float32)
    role = tok.encode("assistant\n")
    low = False
    for i, t in enumerate(seq.tolist()):
        if t == start:
            low = seq[i + 1:i + 1 + len(role)].tolist() != role
            w[i] = 0.2
        elif t == eot:
            low = False
        elif low:
            w[i] = 0.2
    return w[1:]


def copy_row(data, length, rng):
    """Shuffled tokens, repeated with a period: a little of it soon teaches the model to copy from its context."""
    period = int(rng.integers(6, 80))
    start = int(rng.integers(len(data.ids) - 4000))
    piece = rng.permutation(data.ids[start:start + 4000])[:period].astype(np.int64)
    w = np.ones(length, np.float32)
    w[:period] = 0
    return np.resize(piece, length + 1), w


def batch(data, tok, rng, tokens, copies):
    length = rng.choice(list(LENGTHS), p=list(LENGTHS.values()))
    rows = [data.sequence(length, rng) for _ in range(max(1, tokens // length))]
    weights = [weights_of(s, tok) for s in rows]
    if rng.random() < copies and len(rows) > 1:
        rows[0], weights[0] = copy_row(data, length, rng)
    x = torch.from_numpy(np.stack(rows))
    return x[:, :-1], x[:, 1:], torch.from_numpy(np.stack(weights))


def orthogonal(g):
    """Newton-Schulz iteration: the nearest matrix with equal singular values, in bf16."""
    flip = g.shape[0] > g.shape[1]
    x = (g.T if flip else g).bfloat16()
    x = x / (x.float().norm() + 1e-7).bfloat16()
    for _ in range(5):
        a = x @ x.T
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * (a @ a)) @ x
    return (x.T if flip else x).float()


class Muon:
    """Momentum whose steps are made orthogonal; needs far fewer tokens than Adam for the matrices of the blocks."""

    def __init__(self, params, momentum=0.95, decay=0.05):
        self.params, self.momentum, self.decay = params, momentum, decay
        self.buffers = [torch.zeros_like(p) for p in params]

    @torch.no_grad()
    def step(self, lr):
        for p, b in zip(self.params, self.buffers):
            b.lerp_(p.grad, 1 - self.momentum)
            update = orthogonal(p.grad.lerp(b, self.momentum))
            p.mul_(1 - lr * self.decay).add_(update, alpha=-lr * max(1.0, p.shape[0] / p.shape[1]) ** 0.5)


@torch.no_grad()
def sample(model, tok, prompt, temperature=0.0, limit=70):
    text = f"<|im_start|>user\n{prompt}<|im_end|>\n<|im_start|>assistant\n"
    ids = tok.encode(text)
    n = len(ids)
    for _ in range(limit):
        logits = model(torch.tensor([ids]))[0, -1]
        t = int(logits.argmax()) if temperature == 0 else int(torch.multinomial(torch.softmax(logits / temperature, -1), 1))
        if t == tok.ids["<|im_end|>"]:
            break
        ids.append(t)
    return tok.decode(ids[n:])


PROMPTS = ["Hello!", "Who are you?", "Tell me a story about a cat and a lost hat.", "What is the capital of France?", "What is 2 + 2?", "Give me a JSON object with the fields name and age.", "Repeat after me: the green zebra sings", "How do volcanoes work?"]


def worker(rank, args, model, ema, shared, checkpoint, data, tok, cfg):
    """One process, one thread. The processes share the weights and update them without locks (Hogwild),
    because that keeps its pace on a machine whose cores are also busy with other work."""
    torch.set_num_threads(1)
    matrices = [p for n, p in model.named_parameters() if p.dim() == 2 and "embd" not in n]
    rest = [p for n, p in model.named_parameters() if p.dim() == 1 or "embd" in n]
    muon, opt = Muon(matrices), torch.optim.AdamW(rest, lr=args.lr, betas=(0.9, 0.97), eps=1e-9, weight_decay=0.0)
    if checkpoint and "muon" in checkpoint:
        opt.load_state_dict(checkpoint["opt"])
        muon.buffers = [b.clone() for b in checkpoint["muon"]]
    rng = np.random.default_rng([args.seed, rank, int(shared[0])])
    path = os.path.join(args.work, "checkpoint.pt")
    total, last, saved, saves, losses = args.minutes * 60, time.time(), time.time(), 0, []
    signal.signal(signal.SIGTERM, lambda *_: shared[3].fill_(1))      # save and stop

    def save():
        torch.save({"model": model.state_dict(), "ema": ema.state_dict(), "opt": opt.state_dict(), "muon": muon.buffers, "shared": shared.clone(),
                    "config": cfg.as_dict(), "loss": float(np.mean(losses[-200:]))}, path + ".new")
        os.replace(path + ".new", path)

    while shared[2] < total and not shared[3]:
        scale = min(1.0, (float(shared[0]) + 1) / 150) * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * min(1.0, float(shared[2]) / total))))
        for g in opt.param_groups:
            g["lr"] = scale * args.lr
        x, y, w = batch(data, tok, rng, args.tokens, args.copies)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(x)
        each = F.cross_entropy(logits.float().flatten(0, 1), y.flatten(), reduction="none")
        loss = (each * w.flatten()).sum() / w.sum()
        model.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        opt.step()
        muon.step(scale * args.muon)
        shared[0] += 1
        shared[1] += x.numel()
        if rank:
            continue
        step = int(shared[0])
        decay = min(0.99, 1 - 1 / (1 + step / 20))
        with torch.no_grad():
            torch._foreach_mul_(list(ema.parameters()), decay)
            torch._foreach_add_(list(ema.parameters()), list(model.parameters()), alpha=1 - decay)
        losses.append(loss.item())
        now = time.time()
        shared[2] += now - last
        last = now
        if len(losses) % 25 == 0:
            print(f"step {step} tokens {int(shared[1])} minutes {shared[2] / 60:.1f} scale {scale:.3f} loss {np.mean(losses[-25:]):.4f}", flush=True)
        if now - saved > 300 or shared[2] >= total or shared[3]:
            save()
            saved = now
            for p in PROMPTS[saves % 2::2]:
                print("   ", repr(p), "->", repr(sample(ema, tok, p, limit=40)), flush=True)
            saves += 1
    if not rank:
        print(f"done: steps {int(shared[0])}, tokens {int(shared[1])}, minutes {shared[2] / 60:.1f}, loss {np.mean(losses[-200:]):.4f}", flush=True)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--work", default="/tmp/nightjar-demo")
    ap.add_argument("--minutes", type=float, default=75)
    ap.add_argument("--lr", type=float, default=1.5e-3)
    ap.add_argument("--muon", type=float, default=0.008, help="the learning rate of the matrices")
    ap.add_argument("--copies", type=float, default=0.3, help="share of the batches with one row of pure copying")
    ap.add_argument("--tokens", type=int, default=2048, help="tokens of one step of one worker")
    ap.add_argument("--layers", type=int, default=5)
    ap.add_argument("--workers", type=int, default=2)
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    tok = bpe.load(os.path.join(args.work, "tokenizer.json"))
    cfg = Config(vocab=len(tok.tokens), layers=args.layers)
    model, ema = Demo(cfg), Demo(cfg)
    ema.load_state_dict(model.state_dict())
    shared = torch.zeros(4, dtype=torch.float64)      # steps, tokens, seconds, stop
    path, checkpoint = os.path.join(args.work, "checkpoint.pt"), None
    if os.path.exists(path):
        checkpoint = torch.load(path)
        model.load_state_dict(checkpoint["model"])
        ema.load_state_dict(checkpoint["ema"])
        shared[:3] = checkpoint["shared"][:3]
    model.share_memory()
    shared.share_memory_()
    data = Data(args.work, tok)
    print(f"{sum(p.numel() for p in model.parameters())} parameters, from step {int(shared[0])}", flush=True)
    rest = [torch.multiprocessing.get_context("fork").Process(target=worker, args=(k, args, model, ema, shared, checkpoint, data, tok, cfg))
            for k in range(1, args.workers)]
    for p in rest:
        p.start()
    worker(0, args, model, ema, shared, checkpoint, data, tok, cfg)
    for p in rest:
        p.join()


if __name__ == "__main__":
    main()
