"""Plain numpy encoders in float64, for BERT with the erf form of GELU.

The engine that computed the shared goldens looks the tanh form up in a table of halves, so what it
says of BERT is off by that. Run with the folder of shared goldens:

    python3 encoder_goldens.py ../shared/golden src/test/resources/dev/nightjar/engine/golden

Written with numpy 2.4 and read by GoldenEncodersTest.
"""

import json
import math
import struct
import sys
from pathlib import Path

import numpy as np

MODELS = ("bert-mean", "bert-cls", "bert-rerank", "bert-classify", "nomic-bert")
NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}


class Gguf:
    """Keys and tensors of types F32 and F16."""

    def __init__(self, path):
        self.data = path.read_bytes()
        self.at = 8
        num_tensors, num_keys = self.take("<QQ")
        self.keys = {}
        for _ in range(num_keys):
            key = self.string()
            (kind,) = self.take("<I")
            self.keys[key] = self.value(kind)
        infos = [self.info() for _ in range(num_tensors)]
        start = (self.at + 31) // 32 * 32
        self.tensors = {}
        for name, dims, kind, offset in infos:
            values = np.frombuffer(
                self.data, {0: "<f4", 1: "<f2"}[kind], math.prod(dims), start + offset)
            self.tensors[name] = values.astype(np.float64).reshape(dims[::-1])

    def take(self, form):
        values = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return values

    def string(self):
        (length,) = self.take("<Q")
        self.at += length
        return self.data[self.at - length:self.at].decode()

    def value(self, kind):
        if kind == 8:
            return self.string()
        if kind == 9:
            element, count = self.take("<IQ")
            return [self.value(element) for _ in range(count)]
        return self.take("<" + NUMBERS[kind])[0]

    def info(self):
        name = self.string()
        (rank,) = self.take("<I")
        dims = self.take(f"<{rank}Q")
        return name, dims, *self.take("<IQ")


class Encoder:
    def __init__(self, file):
        self.weights = file.tensors
        self.keys = file.keys
        self.heads = self.key("attention.head_count")
        self.eps = self.key("attention.layer_norm_epsilon")

    def key(self, name):
        return self.keys[self.keys["general.architecture"] + "." + name]

    def norm(self, x, name):
        centered = x - x.mean(-1, keepdims=True)
        variance = (centered**2).mean(-1, keepdims=True)
        scaled = centered / np.sqrt(variance + self.eps)
        return scaled * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def linear(self, x, name):
        return x @ self.weights[name + ".weight"].T + self.weights.get(name + ".bias", 0)

    def rotate(self, x):
        """Halves of each head; x is [T, H, D]."""
        half = x.shape[2] // 2
        theta = self.key("rope.freq_base") ** (-np.arange(half) / half)
        angle = np.arange(x.shape[0])[:, None, None] * theta
        a, b = x[..., :half], x[..., half:]
        return np.concatenate(
            (a * np.cos(angle) - b * np.sin(angle), a * np.sin(angle) + b * np.cos(angle)), -1)

    def attention(self, x, block):
        if block + "attn_qkv.weight" in self.weights:
            q, k, v = np.split(self.linear(x, block + "attn_qkv"), 3, -1)
        else:
            q, k, v = (self.linear(x, block + "attn_" + part) for part in "qkv")
        q, k, v = (part.reshape(len(x), self.heads, -1) for part in (q, k, v))
        if self.is_rotary():
            q, k = self.rotate(q), self.rotate(k)
        scores = np.einsum("ihd,jhd->hij", q, k) / math.sqrt(q.shape[2])
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        mixed = np.einsum("hij,jhd->ihd", scores, v).reshape(x.shape)
        return self.linear(mixed, block + "attn_output")

    def is_rotary(self):
        return "position_embd.weight" not in self.weights

    def feed_forward(self, x, block):
        up = self.linear(x, block + "ffn_up")
        if block + "ffn_gate.weight" in self.weights:
            gate = self.linear(x, block + "ffn_gate")
            up = up * gate / (1 + np.exp(-gate))
        else:
            up = up * 0.5 * (1 + np.vectorize(math.erf)(up / math.sqrt(2)))
        return self.linear(up, block + "ffn_down")

    def run(self, ids):
        x = self.weights["token_embd.weight"][ids] + self.weights["token_types.weight"][0]
        if not self.is_rotary():
            x = x + self.weights["position_embd.weight"][:len(ids)]
        x = self.norm(x, "token_embd_norm")
        for i in range(self.key("block_count")):
            block = f"blk.{i}."
            x = self.norm(x + self.attention(x, block), block + "attn_output_norm")
            x = self.norm(x + self.feed_forward(x, block), block + "layer_output_norm")
        pooling = self.key("pooling_type")
        pooled = x.mean(0) if pooling == 1 else x[0]
        if pooling == 4:
            pooled = self.linear(np.tanh(self.linear(pooled, "cls")), "cls.output")
        return pooled


def main(goldens, out):
    for model in MODELS:
        ids = json.loads((goldens / model / "expected.json").read_text())["tokens"]
        result = Encoder(Gguf(goldens / model / "model.gguf")).run(ids)
        result.astype("<f4").tofile(out / f"{model}.vector.f32")
        other = np.fromfile(goldens / model / "embeddings.f32", "<f4")
        print(f"{model}: {abs(result - other).max() / abs(other).max():.2e} from the shared golden")


main(Path(sys.argv[1]), Path(sys.argv[2]))
