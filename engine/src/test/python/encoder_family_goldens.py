"""Tiny model folders of text encoders with what they compute, and what known mistakes compute.

    python3 encoder_family_goldens.py ../resources/dev/nightjar/engine/encoders

For each family: `config.json`, `model.safetensors`, `tokenizer.json` and `expected.json`, where
numbers are of the inputs one behind the other, for the mean of hidden states and for the head's
scores. Written with numpy 2.4 and read by EncoderFamiliesTest. The weights are float32, the
computation is float64 and shares no code with the engine. It prints how far each mistake is from
the right numbers, relative to the largest of them.
"""

import json
import sys
from pathlib import Path

import numpy as np

from encoder_families import FAMILIES
from encoder_reference import sigmoid, softmax
from tiny_encoders import MAKERS, V, write
from tiny_tokenizers import Words

SHORT = 7
"""Dimensions that are kept of the vector of a text that was cut."""

EVERYWHERE = (
    "gelu tanh", "eps", "norm not centered", "scores not scaled", "scale of all heads",
    "heads interleaved", "no norm of embeddings", "padding seen", "padding in the mean",
    "neighbours seen", "first instead of mean", "last instead of mean")
POST_NORM = ("norms before branches", "no bias in norms", "no bias in projections", "positions run on")
OFFSET = ("positions from 0", "positions one less", "positions one more")
MEAN = {
    "bert": POST_NORM + ("token types all 0", "no token types", "positions one more"),
    "roberta": POST_NORM + OFFSET + ("no token types",),
    "xlm-roberta": POST_NORM + OFFSET + ("no token types",),
    "distilbert": POST_NORM + ("positions one more",),
    "mpnet": POST_NORM + OFFSET + (
        "no biases", "biases in the first layer only", "biases scaled", "query less key",
        "buckets of one side", "buckets of one distance each", "distance up to 64"),
    "modernbert": (
        "norms behind branches", "norm in the first layer", "no last norm",
        "global and local swapped", "last of each group global", "all layers global",
        "all layers local", "window of both sides on each", "window without its end",
        "window before only", "bases swapped", "one base for all layers", "no rotation",
        "adjacent pairs rotated", "query, key and value per head", "input and gate swapped"),
}
SCORES = {
    "bert": ("no tanh", "no pooler"),
    "roberta": ("no tanh", "pooler before the head"),
    "xlm-roberta": ("no tanh",),
    "distilbert": ("tanh instead of relu", "no relu"),
    "mpnet": ("no tanh",),
    "modernbert": (
        "tanh", "no activation", "no norm", "norm before the activation", "other pooling",
        "gelu tanh"),
}
LAST_STEP = {
    "bert": (sigmoid, softmax),
    "roberta": (sigmoid, softmax),
    "xlm-roberta": (lambda x: x, softmax),
    "distilbert": (softmax, sigmoid),
    "mpnet": (softmax, sigmoid),
    "modernbert": (softmax, sigmoid),
}


def inputs(family):
    """Three of other lengths; long ones where biases by distance must reach their last bucket."""
    rng = np.random.default_rng(5)
    lengths = (2, 13, 170) if family == "mpnet" else (2, 13, 30)
    items = []
    for length in lengths:
        ids = rng.integers(5, V, length).tolist()
        types = [int(family == "bert" and i >= length // 2) for i in range(length)]
        items.append({"ids": ids, "types": types})
    return items


def rounded(values):
    return [float(f"{value:.9g}") for value in np.ravel(values)]


class Golden:

    def __init__(self, family):
        self.family = family
        self.config, self.tensors, self.prefix = MAKERS[family]()
        self.weights = {name: values.astype(float) for name, values in self.tensors.items()}
        self.inputs = inputs(family)

    def compute(self, how, mistake="", items=None):
        encoder = FAMILIES[self.family](self.config, self.weights, mistake)
        before = self.inputs[1]
        return np.concatenate(
            [getattr(encoder, how)(item, before) for item in items or self.inputs])

    def section(self, how, mistakes):
        right = self.compute(how)
        wrong = {mistake: self.compute(how, mistake) for mistake in mistakes}
        self.report(how, right, wrong)
        return {
            "right": rounded(right),
            "mistakes": {mistake: rounded(values) for mistake, values in wrong.items()}}

    def report(self, what, right, wrong):
        for mistake, values in wrong.items():
            share = abs(values - right).max() / abs(right).max()
            print(f"{self.family:12} {what:8} {mistake:32} {share:.2e}", "" if share > 1e-3 else "!")

    def answers(self, item):
        right_step, other_step = LAST_STEP[self.family]
        scores = self.compute("scores", items=[item])
        right = right_step(scores)
        wrong = {"other step": other_step(scores)}
        order = sorted(range(len(right)), key=str)
        if order != sorted(order):
            wrong["labels in the order of text"] = right[np.argsort(order)]
        self.report("answers", right, wrong)
        labels = [self.config["id2label"][str(i)] for i in range(len(right))]
        return {"labels": labels} | section(right, wrong)

    def texts(self):
        """What follows from texts: pairs, answers to them, and cuts."""
        words = Words(self.family, self.config)
        pair = words.pair("a1 a2 a3", "b1 b2")
        scores = self.compute("scores", items=[pair])
        limit = words.limit()
        long = words.item(words.text(limit + 9))
        cut = {key: values[: limit - 1] + values[-1:] for key, values in long.items()}
        blunt = {key: values[:limit] for key, values in long.items()}
        right, wrong = (self.compute("vector", items=[item]) for item in (cut, blunt))
        self.report("cut", right, {"without the last token": wrong})
        short = right[:SHORT] / np.linalg.norm(right[:SHORT])
        unlike = {
            "length of the whole": right[:SHORT] / np.linalg.norm(right),
            "not scaled": right[:SHORT]}
        self.report("short", short, unlike)
        other_pair = self.compute("scores", items=[words.other_pair("a1 a2 a3", "b1 b2")])
        self.report("pair", scores, {"of the other family": other_pair})
        return {
            "pair": pair | section(scores, {"pair of the other family": other_pair}),
            "answers": self.answers(pair if len(scores) == 1 else words.item("a1 a2 a3")),
            "limit": limit,
            "cut": cut | section(right, {"without the last token": wrong}),
            "short": {"dimensions": SHORT} | section(short, unlike)}


def section(right, mistakes):
    return {
        "right": rounded(right),
        "mistakes": {mistake: rounded(values) for mistake, values in mistakes.items()}}


def main(out):
    for family in MAKERS:
        golden = Golden(family)
        folder = out / family
        write(folder, family, golden.config, golden.tensors, golden.prefix)
        words = Words(family, golden.config)
        (folder / "tokenizer.json").write_text(json.dumps(words.document()) + "\n")
        expected = {
            "inputs": golden.inputs,
            "mean": golden.section("vector", EVERYWHERE + MEAN[family]),
            "scores": golden.section("scores", SCORES[family]),
        } | golden.texts()
        text = json.dumps(expected).replace('], "', '],\n"').replace('}, "', '},\n"')
        (folder / "expected.json").write_text(text + "\n")


main(Path(sys.argv[1]))
