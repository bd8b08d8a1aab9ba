"""Tiny odd checkpoints of text encoders under the names of model folders.

Every tensor has a seed of its own. Sizes and offsets are such that mistakes show: embeddings are
small, so that the addend of a variance counts; half of the units of feed-forward layers work where
the two forms of GELU differ most; norms neither keep their scale nor their mean.
"""

import json
import struct
import zlib

import numpy as np

V, C, H, F, L, ROWS = 61, 24, 3, 40, 2, 50
EMBEDDING = 0.01
BENT = -2.3
"""Where the erf form of GELU is furthest from the tanh form, on the side where both are small."""


class Maker:

    def __init__(self, family):
        self.family = family
        self.tensors = {}

    def normal(self, name, *shape, std=0.3, mean=0.0):
        rng = np.random.default_rng(zlib.crc32(f"{self.family} {name}".encode()))
        self.tensors[name] = (mean + std * rng.standard_normal(shape)).astype("<f4")
        return self.tensors[name]

    def linear(self, name, rows, cols, std=0.3, bias=True):
        self.normal(name + ".weight", rows, cols, std=std)
        if bias:
            self.normal(name + ".bias", rows)

    def norm(self, name, size=C, bias=True):
        self.normal(name + ".weight", size, mean=1, std=0.2)
        if bias:
            self.normal(name + ".bias", size)

    def table(self, name, rows, size=C):
        self.normal(name + ".weight", rows, size, std=EMBEDDING)

    def feed_forward(self, up, down):
        self.linear(up, F, C)
        self.tensors[up + ".weight"][: F // 2] *= np.float32(0.2)
        self.tensors[up + ".bias"][: F // 2] += np.float32(BENT)
        self.linear(down, C, F)
        self.tensors[down + ".weight"][:, : F // 2] *= np.float32(20)


BERT = {
    "vocab_size": V,
    "hidden_size": C,
    "num_hidden_layers": L,
    "num_attention_heads": H,
    "intermediate_size": F,
    "max_position_embeddings": ROWS,
    "hidden_act": "gelu",
    "hidden_dropout_prob": 0.1,
    "attention_probs_dropout_prob": 0.1,
    "initializer_range": 0.02,
}


def labels(*names):
    return {"id2label": {str(i): name for i, name in enumerate(names)}}


def bert_alike(family, types, rows=ROWS, layers=L):
    make = Maker(family)
    make.table("embeddings.word_embeddings", V)
    make.table("embeddings.position_embeddings", rows)
    if types:
        make.table("embeddings.token_type_embeddings", types)
    make.norm("embeddings.LayerNorm")
    for i in range(layers):
        block = f"encoder.layer.{i}."
        for part in ("query", "key", "value"):
            make.linear(block + "attention.self." + part, C, C)
        make.linear(block + "attention.output.dense", C, C)
        make.norm(block + "attention.output.LayerNorm")
        make.feed_forward(block + "intermediate.dense", block + "output.dense")
        make.norm(block + "output.LayerNorm")
    make.linear("pooler.dense", C, C)
    return make


def bert():
    make = bert_alike("bert", types=2)
    make.linear("classifier", 1, C)
    config = BERT | {
        "type_vocab_size": 2,
        "layer_norm_eps": 1e-12,
        "pad_token_id": 0,
        "position_embedding_type": "absolute",
    }
    return config | labels("LABEL_0"), make.tensors, "bert."


def roberta():
    make = bert_alike("roberta", types=1)
    make.linear("classifier.dense", C, C)
    make.linear("classifier.out_proj", 12, C)
    config = BERT | {
        "type_vocab_size": 1,
        "layer_norm_eps": 1e-5,
        "pad_token_id": 1,
        "problem_type": "multi_label_classification",
    }
    # Twelve, so that their order as text is not that of numbers.
    return config | labels(*"abcdefghijkl"), make.tensors, "roberta."


def xlm_roberta():
    """The padding token is not where RoBERTa has it, as in some fine-tuned models."""
    make = bert_alike("xlm-roberta", types=1, layers=1)
    make.linear("classifier.dense", C, C)
    make.linear("classifier.out_proj", 2, C)
    config = BERT | {
        "num_hidden_layers": 1,
        "type_vocab_size": 1,
        "layer_norm_eps": 1e-5,
        "pad_token_id": 3,
        "problem_type": "regression",
    }
    return config | labels("x", "y"), make.tensors, "roberta."


def distilbert():
    make = Maker("distilbert")
    make.table("embeddings.word_embeddings", V)
    make.table("embeddings.position_embeddings", ROWS)
    make.norm("embeddings.LayerNorm")
    for i in range(L):
        block = f"transformer.layer.{i}."
        for part in ("q_lin", "k_lin", "v_lin", "out_lin"):
            make.linear(block + "attention." + part, C, C)
        make.norm(block + "sa_layer_norm")
        make.feed_forward(block + "ffn.lin1", block + "ffn.lin2")
        make.norm(block + "output_layer_norm")
    make.linear("pre_classifier", C, C)
    make.linear("classifier", 3, C)
    config = {
        "vocab_size": V,
        "dim": C,
        "n_layers": L,
        "n_heads": H,
        "hidden_dim": F,
        "max_position_embeddings": ROWS,
        "activation": "gelu",
        "sinusoidal_pos_embds": False,
        "pad_token_id": 0,
        "tie_weights_": True,
    }
    return config | labels("neg", "mid", "pos"), make.tensors, "distilbert."


def mpnet():
    rows = 190
    make = Maker("mpnet")
    make.table("embeddings.word_embeddings", V)
    make.table("embeddings.position_embeddings", rows)
    make.norm("embeddings.LayerNorm")
    make.normal("encoder.relative_attention_bias.weight", 32, H, std=1)
    for i in range(L):
        block = f"encoder.layer.{i}."
        for part in "qkvo":
            make.linear(block + "attention.attn." + part, C, C, std=0.15)
        make.norm(block + "attention.LayerNorm")
        make.feed_forward(block + "intermediate.dense", block + "output.dense")
        make.norm(block + "output.LayerNorm")
    make.linear("pooler.dense", C, C)
    make.linear("classifier.dense", C, C)
    make.linear("classifier.out_proj", 2, C)
    config = BERT | {
        "max_position_embeddings": rows,
        "layer_norm_eps": 1e-5,
        "pad_token_id": 1,
        "relative_attention_num_buckets": 32,
    }
    return config | labels("no", "yes"), make.tensors, "mpnet."


def modernbert():
    """Without biases, what bends the feed-forward layers is a direction that all tokens share."""
    width, heads, inner, layers = 18, 3, 26, 5
    make = Maker("modernbert")
    shared = np.where(np.arange(width) % 2, 1, -1).astype("<f4")
    make.table("embeddings.tok_embeddings", V, width)
    make.tensors["embeddings.tok_embeddings.weight"] += np.float32(2 * EMBEDDING) * shared
    for name in ("embeddings.norm", "final_norm"):
        make.norm(name, width, bias=False)
    for i in range(layers):
        block = f"layers.{i}."
        make.linear(block + "attn.Wqkv", 3 * width, width, bias=False)
        make.linear(block + "attn.Wo", width, width, bias=False, std=0.2)
        if i > 0:
            make.norm(block + "attn_norm", width, bias=False)
        make.norm(block + "mlp_norm", width, bias=False)
        make.linear(block + "mlp.Wi", 2 * inner, width, bias=False, std=0.2)
        first = make.tensors[block + "mlp.Wi.weight"][: inner // 2]
        first *= np.float32(0.2)
        first += np.float32(BENT / width) * shared
        make.linear(block + "mlp.Wo", width, inner, bias=False)
        make.tensors[block + "mlp.Wo.weight"][:, : inner // 2] *= np.float32(40)
    make.linear("head.dense", width, width, bias=False)
    make.norm("head.norm", width, bias=False)
    make.linear("classifier", 3, width)
    config = {
        "vocab_size": V,
        "hidden_size": width,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "intermediate_size": inner,
        "max_position_embeddings": 60,
        "hidden_activation": "gelu",
        "norm_eps": 1e-5,
        "layer_norm_eps": 1e-5,
        "norm_bias": False,
        "attention_bias": False,
        "mlp_bias": False,
        "global_attn_every_n_layers": 3,
        "local_attention": 8,
        "global_rope_theta": 160000.0,
        "local_rope_theta": 500.0,
        "position_embedding_type": "absolute",
        "classifier_activation": "gelu",
        "classifier_bias": False,
        "classifier_pooling": "mean",
        "decoder_bias": True,
        "pad_token_id": 0,
    }
    return config | labels("p", "q", "r"), make.tensors, "model."


def write(folder, family, config, tensors, prefix):
    """The prefix stands before the names of all tensors but the head's."""
    folder.mkdir(parents=True, exist_ok=True)
    document = {"model_type": family, "architectures": ["XForSequenceClassification"]} | config
    (folder / "config.json").write_text(json.dumps(document, indent=1) + "\n")
    heads = ("classifier", "pre_classifier", "head.")
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, values in tensors.items():
        full = name if name.startswith(heads) else prefix + name
        end = len(data) + values.nbytes
        header[full] = {
            "dtype": "F32", "shape": list(values.shape), "data_offsets": [len(data), end]}
        data += values.tobytes()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)


MAKERS = {
    "bert": bert,
    "roberta": roberta,
    "xlm-roberta": xlm_roberta,
    "distilbert": distilbert,
    "mpnet": mpnet,
    "modernbert": modernbert,
}
