"""A small GGUF reader and Llama forward pass in numpy, independent of the torch code."""
import struct

import numpy as np


def read(path):
    """(metadata, tensors) of a GGUF v3 file; Q8_0 and F32 tensors only."""
    with open(path, "rb") as f:
        raw = f.read()
    pos = 0

    def take(fmt):
        nonlocal pos
        v = struct.unpack_from("<" + fmt, raw, pos)
        pos += struct.calcsize("<" + fmt)
        return v[0]

    def text():
        nonlocal pos
        n = take("Q")
        pos += n
        return raw[pos - n:pos].decode("utf-8")

    def value(kind):
        if kind == 8:
            return text()
        if kind == 9:
            inner, n = take("I"), take("Q")
            return [value(inner) for _ in range(n)]
        return take({0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}[kind])

    assert raw[:4] == b"GGUF"
    pos = 4
    assert take("I") == 3
    count, pairs = take("Q"), take("Q")
    meta = {}
    for _ in range(pairs):
        key = text()
        meta[key] = value(take("I"))
    infos = []
    for _ in range(count):
        name, rank = text(), take("I")
        dims = [take("Q") for _ in range(rank)]
        infos.append((name, dims, take("I"), take("Q")))
    align = meta.get("general.alignment", 32)
    base = (pos + align - 1) // align * align
    tensors = {}
    for name, dims, kind, offset in infos:
        n, at = int(np.prod(dims)), base + offset
        if kind == 0:
            x = np.frombuffer(raw, "<f4", n, at)
        else:
            assert kind == 8, "only Q8_0 and F32"
            b = np.frombuffer(raw, np.dtype([("d", "<f2"), ("q", "i1", 32)]), n // 32, at)
            x = b["d"].astype(np.float32)[:, None] * b["q"]
        tensors[name] = x.reshape(dims[::-1]).astype(np.float32)
    return meta, tensors


class Llama:
    """One token at a time, with a cache of keys and values."""

    def __init__(self, gguf):
        self.meta, self.t = gguf
        m = lambda k: self.meta["llama." + k]
        self.layers, self.heads, self.kv = m("block_count"), m("attention.head_count"), m("attention.head_count_kv")
        self.hd, self.eps = m("rope.dimension_count"), m("attention.layer_norm_rms_epsilon")
        self.freq = m("rope.freq_base") ** (-np.arange(0, self.hd, 2) / self.hd)
        self.reset()

    def reset(self):
        self.keys, self.values = [[[] for _ in range(self.layers)] for _ in range(2)]

    def norm(self, x, name):
        return x / np.sqrt(np.mean(x * x) + self.eps) * self.t[name]

    def rope(self, x, pos):
        c, s = np.cos(pos * self.freq), np.sin(pos * self.freq)
        a, b = x[:, 0::2], x[:, 1::2]
        return np.stack([a * c - b * s, a * s + b * c], -1).reshape(x.shape).astype(np.float32)

    def step(self, token):
        t, x = self.t, self.t["token_embd.weight"][token]
        for i in range(self.layers):
            b, pos = f"blk.{i}.", len(self.keys[i])
            h = self.norm(x, b + "attn_norm.weight")
            q = self.rope((t[b + "attn_q.weight"] @ h).reshape(self.heads, self.hd), pos)
            self.keys[i].append(self.rope((t[b + "attn_k.weight"] @ h).reshape(self.kv, self.hd), pos))
            self.values[i].append((t[b + "attn_v.weight"] @ h).reshape(self.kv, self.hd))
            k, v = np.stack(self.keys[i]), np.stack(self.values[i])
            group, out = self.heads // self.kv, []
            for head in range(self.heads):
                s = k[:, head // group] @ q[head] / np.sqrt(self.hd)
                e = np.exp(s - s.max())
                out.append(e / e.sum() @ v[:, head // group])
            x = x + t[b + "attn_output.weight"] @ np.concatenate(out)
            h = self.norm(x, b + "ffn_norm.weight")
            g = t[b + "ffn_gate.weight"] @ h
            x = x + t[b + "ffn_down.weight"] @ (g / (1 + np.exp(-g)) * (t[b + "ffn_up.weight"] @ h))
        return t["token_embd.weight"] @ self.norm(x, "output_norm.weight")
