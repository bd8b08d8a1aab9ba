"""A small random BERT, projections behind it, and what pipelines of sentence-transformers give.

Plain numpy in float64. Beside each result stand those of mistakes, which a test has to tell from it.

    python3 encoder_pipelines.py src/test/resources/dev/nightjar/engine/pipeline

Written with numpy 2.4 and read by SentencePipelineTest.
"""

import json
import math
import string
import struct
import sys
from pathlib import Path

import numpy as np

C, HEADS, F, LAYERS, POSITIONS = 24, 3, 40, 2, 32
EPS = 1e-12
VOCABULARY = (["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + list(string.ascii_lowercase)
              + ["##" + letter for letter in string.ascii_lowercase] + list(":,.!"))
FLAGS = {
    "cls": "pooling_mode_cls_token",
    "max": "pooling_mode_max_tokens",
    "mean": "pooling_mode_mean_tokens",
    "mean_sqrt": "pooling_mode_mean_sqrt_len_tokens",
    "weighted": "pooling_mode_weightedmean_tokens",
    "last": "pooling_mode_lasttoken",
}
PROMPTS = {"query": "find: ", "passage": ""}
TEXTS = ("hello big world!", "a", "some words, and more of them.")


def save(path, tensors):
    header, data = {}, b""
    for name, values in tensors.items():
        raw = values.astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(values.shape),
                        "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def bert_tensors(random):
    tensors = {}

    def draw(name, *shape, at=0.0, by=0.4):
        # Rounded as the file has them.
        tensors[name] = (at + by * random.standard_normal(shape)).astype("<f4").astype(np.float64)

    def linear(name, out, into):
        draw(name + ".weight", out, into)
        draw(name + ".bias", out)

    def norm(name):
        draw(name + ".weight", C, at=1.0)
        draw(name + ".bias", C)

    draw("embeddings.word_embeddings.weight", len(VOCABULARY), C)
    draw("embeddings.position_embeddings.weight", POSITIONS, C)
    draw("embeddings.token_type_embeddings.weight", 2, C)
    norm("embeddings.LayerNorm")
    for i in range(LAYERS):
        layer = f"encoder.layer.{i}."
        for part in ("query", "key", "value"):
            linear(layer + "attention.self." + part, C, C)
        linear(layer + "attention.output.dense", C, C)
        norm(layer + "attention.output.LayerNorm")
        linear(layer + "intermediate.dense", F, C)
        linear(layer + "output.dense", C, F)
        norm(layer + "output.LayerNorm")
    return tensors


class Bert:
    def __init__(self, tensors):
        self.tensors = tensors

    def linear(self, x, name):
        return x @ self.tensors[name + ".weight"].T + self.tensors[name + ".bias"]

    def norm(self, x, name):
        centered = x - x.mean(-1, keepdims=True)
        scaled = centered / np.sqrt((centered**2).mean(-1, keepdims=True) + EPS)
        return scaled * self.tensors[name + ".weight"] + self.tensors[name + ".bias"]

    def hidden(self, ids):
        x = (self.tensors["embeddings.word_embeddings.weight"][ids]
             + self.tensors["embeddings.position_embeddings.weight"][:len(ids)]
             + self.tensors["embeddings.token_type_embeddings.weight"][0])
        x = self.norm(x, "embeddings.LayerNorm")
        for i in range(LAYERS):
            layer = f"encoder.layer.{i}."
            x = self.norm(x + self.attention(x, layer), layer + "attention.output.LayerNorm")
            up = gelu(self.linear(x, layer + "intermediate.dense"))
            x = self.norm(x + self.linear(up, layer + "output.dense"), layer + "output.LayerNorm")
        return x

    def attention(self, x, layer):
        q, k, v = (self.linear(x, layer + "attention.self." + part).reshape(len(x), HEADS, -1)
                   for part in ("query", "key", "value"))
        scores = np.einsum("ihd,jhd->hij", q, k) / math.sqrt(C // HEADS)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        mixed = np.einsum("hij,jhd->ihd", scores, v).reshape(x.shape)
        return self.linear(mixed, layer + "attention.output.dense")


def gelu(x):
    return x * 0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))


def gelu_tanh(x):
    return x * 0.5 * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def tokens(text):
    """Ids between [CLS] and [SEP]; no piece of the vocabulary is longer than a letter."""
    ids = [VOCABULARY.index("[CLS]")]
    inside = False
    for char in text:
        if char.isspace():
            inside = False
            continue
        ids.append(VOCABULARY.index("##" + char if inside and char.isalpha() else char))
        inside = char.isalpha()
    return ids + [VOCABULARY.index("[SEP]")]


def pool(hidden, mode, skipped=0):
    x = hidden[skipped:]
    weights = np.arange(skipped + 1, len(hidden) + 1)[:, None]
    return {
        "cls": lambda: hidden[0],
        "max": lambda: x.max(0),
        "mean": lambda: x.mean(0),
        "mean_sqrt": lambda: x.sum(0) / math.sqrt(len(x)),
        "weighted": lambda: (weights * x).sum(0) / weights.sum(),
        "last": lambda: hidden[-1],
    }[mode]()


def vector(hidden, modes, skipped=0):
    return np.concatenate([pool(hidden, mode, skipped) for mode in modes])


def unit(x):
    return x / np.linalg.norm(x)


class Cases:
    def __init__(self, bert, dense):
        self.bert = bert
        self.dense = dense
        self.all = []

    def add(self, name, modes, modules=(), text="", prompt="", include=True, result=None, wrong=None):
        """Wrong results by the name of the mistake."""
        self.all.append({
            "name": name, "flags": [FLAGS[mode] for mode in modes],
            "include_prompt": include, "modules": list(modules), "text": text, "prompt": prompt,
            "expected": result.tolist(),
            "wrong": {key: value.tolist() for key, value in (wrong or {}).items()}})

    def poolings(self):
        for text in TEXTS:
            hidden = self.bert.hidden(tokens(text))
            padded = self.bert.hidden(tokens(text) + [0, 0, 0])
            for mode in FLAGS:
                wrong = {"another mode": pool(hidden, "last" if mode == "cls" else "cls"),
                         "no special tokens": pool(hidden[1:-1], mode)}
                if mode != "cls":
                    wrong["over padding"] = pool(padded, mode)
                if mode == "weighted":
                    wrong["weights from the end"] = pool(hidden[::-1], mode)
                    wrong["mean"] = pool(hidden, "mean")
                if mode == "mean_sqrt":
                    wrong["mean"] = pool(hidden, "mean")
                self.add(mode, [mode], text=text, result=pool(hidden, mode), wrong=wrong)

    def together(self):
        for modes in (list(FLAGS), ["max", "mean"], ["cls", "last"]):
            hidden = self.bert.hidden(tokens(TEXTS[0]))
            self.add("+".join(modes), modes, text=TEXTS[0], result=vector(hidden, modes),
                     wrong={"another order": vector(hidden, modes[::-1]),
                            "alphabetical": vector(hidden, sorted(modes, key=lambda m: FLAGS[m])[::-1])})

    def project(self, name, x, bias=True):
        own = self.dense[name]
        return own["linear.weight"] @ x + (own["linear.bias"] if bias and "linear.bias" in own else 0)

    def projections(self):
        hidden = self.bert.hidden(tokens(TEXTS[0]))
        mean = vector(hidden, ["mean"])
        wide = self.project("wide", mean)
        functions = {"Tanh": np.tanh, "ReLU": lambda x: np.maximum(x, 0), "GELU": gelu,
                     "SiLU": lambda x: x / (1 + np.exp(-x)), "Identity": lambda x: x}
        for function, f in functions.items():
            wrong = {"no bias": f(self.project("wide", mean, bias=False))}
            if function == "Identity":
                wrong["tangent"] = np.tanh(wide)
            else:
                wrong["no activation"] = wide
            if function == "GELU":
                wrong["tanh form"] = gelu_tanh(wide)
            self.add(function, ["mean"], ["wide:" + function], TEXTS[0], result=f(wide), wrong=wrong)
        both = vector(hidden, ["cls", "mean"])
        first = self.project("two", both)
        chain = np.tanh(self.project("narrow", unit(first)))
        self.add("chain", ["cls", "mean"], ["two:Identity", "Normalize", "narrow:Tanh", "Normalize"],
                 TEXTS[0], result=chain,
                 wrong={"no length 1 between": np.tanh(self.project("narrow", first)),
                        "length 1 before": np.tanh(self.project("narrow", self.project("two", unit(both))))})

    def prompts(self):
        prompt = PROMPTS["query"]
        for text in TEXTS:
            hidden = self.bert.hidden(tokens(prompt + text))
            bare = self.bert.hidden(tokens(text))
            # All of the prompt's own tokens but [SEP].
            skipped = len(tokens(prompt)) - 1
            for mode in FLAGS:
                result = pool(hidden, mode)
                self.add("prompt " + mode, [mode], text=text, prompt="query", result=result,
                         wrong={"no prompt": pool(bare, mode)})
                if mode in ("cls", "last"):
                    self.add("bare prompt " + mode, [mode], text=text, prompt="query", include=False,
                             result=result)
                    continue
                wrong = {"prompt pooled": result}
                if mode != "max":  # which another token need not change
                    wrong["first token pooled"] = pool(np.delete(hidden, range(1, skipped), 0), mode)
                if mode == "weighted":
                    wrong["weights from 1"] = pool(hidden[skipped:], mode)
                self.add("bare prompt " + mode, [mode], text=text, prompt="query", include=False,
                         result=pool(hidden, mode, skipped), wrong=wrong)


def main(out):
    out.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(11)
    tensors = bert_tensors(random)
    save(out / "model.safetensors", tensors)
    dense = {}
    for name, rows, cols, bias in (("wide", 30, C, True), ("two", 16, 2 * C, False), ("narrow", 7, 16, True)):
        own = {"linear.weight": random.standard_normal((rows, cols)) * 0.3}
        if bias:
            own["linear.bias"] = random.standard_normal(rows) * 0.3
        dense[name] = {key: value.astype("<f4").astype(np.float64) for key, value in own.items()}
        save(out / f"{name}.safetensors", dense[name])
    (out / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n")
    (out / "config.json").write_text(json.dumps({
        "model_type": "bert", "architectures": ["BertModel"], "vocab_size": len(VOCABULARY),
        "hidden_size": C, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS,
        "intermediate_size": F, "max_position_embeddings": POSITIONS, "type_vocab_size": 2,
        "layer_norm_eps": EPS, "hidden_act": "gelu"}, indent=1) + "\n")
    cases = Cases(Bert(tensors), dense)
    cases.poolings()
    cases.together()
    cases.projections()
    cases.prompts()
    (out / "expected.json").write_text(
        '{"prompts": ' + json.dumps(PROMPTS) + ', "cases": [\n'
        + ",\n".join(json.dumps(compact(case)) for case in cases.all) + "\n]}\n")
    print(len(cases.all), "cases")


def compact(case):
    def short(values):
        return [float(f"{value:.9g}") for value in values]
    case["expected"] = short(case["expected"])
    case["wrong"] = {key: short(value) for key, value in case["wrong"].items()}
    return case


main(Path(sys.argv[1]))
