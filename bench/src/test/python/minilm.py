"""Writes a random checkpoint in the shape of MiniLM-L6 and the same weights as ONNX.

    python3 minilm.py FOLDER

FOLDER becomes a sentence-transformers model (config.json, model.safetensors, tokenizer.json, modules.json), with
model.onnx and model-int8.onnx beside. Both take ids [B, T] of one length and give sentence embeddings [B, 384]: the mean
over the tokens, normalized. The ONNX graphs are made of ONNX Runtime's own fused operators, which its optimizer would
have to find otherwise. Needs numpy and onnx (Debian: python3-numpy, python3-onnx).
"""

import json
import struct
import sys
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

LAYERS, WIDTH, HEADS, INNER, VOCAB, POSITIONS = 6, 384, 12, 1536, 30522, 512
EPSILON = 1e-12
SYLLABLES = [c + v for c in "bdfghjklmnprstvwz" for v in "aeiou"]


def weights():
    """Every tensor under its name in a BERT checkpoint, matrices as [out, in]."""
    random = np.random.default_rng(6)

    def normal(*shape, scale=0.05, around=0.0):
        return (around + scale * random.standard_normal(shape)).astype(np.float32)

    tensors = {
        "embeddings.word_embeddings.weight": normal(VOCAB, WIDTH),
        "embeddings.position_embeddings.weight": normal(POSITIONS, WIDTH),
        "embeddings.token_type_embeddings.weight": normal(2, WIDTH),
    }

    def linear(name, rows, cols):
        tensors[name + ".weight"] = normal(rows, cols)
        tensors[name + ".bias"] = normal(rows)

    def norm(name):
        tensors[name + ".weight"] = normal(WIDTH, around=1.0)
        tensors[name + ".bias"] = normal(WIDTH)

    norm("embeddings.LayerNorm")
    for i in range(LAYERS):
        layer = f"encoder.layer.{i}."
        for part in ("query", "key", "value"):
            linear(layer + "attention.self." + part, WIDTH, WIDTH)
        linear(layer + "attention.output.dense", WIDTH, WIDTH)
        norm(layer + "attention.output.LayerNorm")
        linear(layer + "intermediate.dense", INNER, WIDTH)
        linear(layer + "output.dense", WIDTH, INNER)
        norm(layer + "output.LayerNorm")
    return tensors


def write_safetensors(path, tensors):
    header, at = {}, 0
    for name, value in tensors.items():
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [at, at + value.nbytes]}
        at += value.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for value in tensors.values():
            file.write(value.tobytes())


def vocabulary():
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    words += [a + b for a in SYLLABLES for b in SYLLABLES]
    words += [a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
    return {word: i for i, word in enumerate(words[:VOCAB])}


def write_folder(folder, tensors):
    def write(name, value):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value, indent=1))

    write("config.json", {
        "architectures": ["BertModel"], "model_type": "bert", "hidden_size": WIDTH, "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS, "intermediate_size": INNER, "hidden_act": "gelu", "layer_norm_eps": EPSILON,
        "max_position_embeddings": POSITIONS, "type_vocab_size": 2, "vocab_size": VOCAB, "pad_token_id": 0,
        "position_embedding_type": "absolute"})
    write("modules.json", [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}])
    write("1_Pooling/config.json", {"word_embedding_dimension": WIDTH, "pooling_mode_mean_tokens": True})
    special = [{"id": i, "content": word, "special": True, "single_word": False, "lstrip": False, "rstrip": False,
                "normalized": False} for i, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])]
    write("tokenizer.json", {
        "version": "1.0", "added_tokens": special,
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                       "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                       {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
            "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                     {"SpecialToken": {"id": "[SEP]", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}},
                     {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
            "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
                               "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": vocabulary()}})
    write("tokenizer_config.json", {"tokenizer_class": "BertTokenizer", "model_max_length": POSITIONS})
    write_safetensors(folder / "model.safetensors", tensors)


class Graph:
    """Nodes and weights of an ONNX graph."""

    def __init__(self, tensors, integers):
        self.tensors = tensors
        self.integers = integers
        self.nodes = []
        self.values = {}

    def value(self, name, array):
        self.values[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def weight(self, name):
        return self.value(name, self.tensors[name])

    def node(self, kind, inputs, output, domain="", **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def fused(self, kind, inputs, output, **attributes):
        return self.node(kind, inputs, output, domain="com.microsoft", **attributes)

    def quantized(self, name, matrix):
        """A matrix [in, out] of signed bytes, its scale and its zero point."""
        scale = np.float32(np.abs(matrix).max() / 127)
        return [self.value(name + ".codes", np.rint(matrix / scale).astype(np.int8)),
                self.value(name + ".scale", np.asarray(scale, dtype=np.float32)),
                self.value(name + ".zero", np.asarray(0, dtype=np.int8))]

    def matmul(self, x, name, output):
        matrix = self.tensors[name + ".weight"].T
        if not self.integers:
            return self.node("MatMul", [x, self.value(name + ".weight", matrix)], output)
        return self.fused("DynamicQuantizeMatMul", [x] + self.quantized(name, matrix), output)

    def attention(self, x, layer, output):
        parts = [layer + "attention.self." + part for part in ("query", "key", "value")]
        matrix = np.concatenate([self.tensors[part + ".weight"].T for part in parts], axis=1)
        bias = np.concatenate([self.tensors[part + ".bias"] for part in parts])
        bias = self.value(layer + "attention.bias", bias)
        if not self.integers:
            matrix = self.value(layer + "attention.weight", matrix)
            return self.fused("Attention", [x, matrix, bias], output, num_heads=HEADS)
        codes, scale, zero = self.quantized(layer + "attention", matrix)
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], [x + ".q", x + ".s", x + ".z"]))
        inputs = [x + ".q", codes, bias, x + ".s", scale, "", x + ".z", zero]
        return self.fused("QAttention", inputs, output, num_heads=HEADS)

    def add_norm(self, x, skip, bias, norm, output):
        inputs = [x, skip, self.weight(norm + ".weight"), self.weight(norm + ".bias"), self.weight(bias)]
        return self.fused("SkipLayerNormalization", inputs, output, epsilon=EPSILON)


def write_onnx(path, tensors, integers):
    graph = Graph(tensors, integers)
    words = graph.node("Gather", [graph.weight("embeddings.word_embeddings.weight"), "ids"], "words")
    places = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    graph.node("Shape", ["ids"], "length", start=1, end=2)
    zero = graph.value("zero", np.array([0], dtype=np.int64))
    graph.node("Slice", [graph.value("places", places), zero, "length", zero], "place")
    graph.node("Add", [words, "place"], "sum")
    norm = "embeddings.LayerNorm"
    x = graph.node("LayerNormalization", ["sum", graph.weight(norm + ".weight"), graph.weight(norm + ".bias")],
                   "x", axis=-1, epsilon=EPSILON)
    for i in range(LAYERS):
        layer = f"encoder.layer.{i}."
        mixed = graph.attention(x, layer, layer + "mixed")
        mixed = graph.matmul(mixed, layer + "attention.output.dense", layer + "projected")
        middle = graph.add_norm(mixed, x, layer + "attention.output.dense.bias",
                                layer + "attention.output.LayerNorm", layer + "middle")
        inner = graph.matmul(middle, layer + "intermediate.dense", layer + "inner")
        inner = graph.fused("BiasGelu", [inner, graph.weight(layer + "intermediate.dense.bias")], layer + "gelu")
        inner = graph.matmul(inner, layer + "output.dense", layer + "outer")
        x = graph.add_norm(inner, middle, layer + "output.dense.bias", layer + "output.LayerNorm", layer + "out")
    graph.node("ReduceMean", [x], "mean", axes=[1], keepdims=0)
    graph.node("LpNormalization", ["mean"], "embeddings", axis=1, p=2)
    inputs = [helper.make_tensor_value_info("ids", TensorProto.INT64, ["B", "T"])]
    outputs = [helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, ["B", WIDTH])]
    whole = helper.make_graph(graph.nodes, "minilm", inputs, outputs, list(graph.values.values()))
    domains = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    save(helper.make_model(whole, opset_imports=domains, ir_version=8), str(path))


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    tensors = weights()
    write_folder(folder, tensors)
    write_onnx(folder / "model.onnx", tensors, integers=False)
    write_onnx(folder / "model-int8.onnx", tensors, integers=True)


main()
