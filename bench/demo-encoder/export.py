"""Writes the trained encoders as folders that sentence-transformers and transformers read.

    python3 export.py WORK_DIRECTORY OUT_DIRECTORY
"""
import json
import os
import struct
import sys

import torch

import model
from texts.group import LABELS
from wordpiece import PAD, tokenizer_json

PREFIX = "nightjar-demo-"
LICENCE = {"format": "pt", "license": "Apache-2.0"}


def safetensors(path, tensors):
    """The header's length, the header, the data: half precision throughout."""
    header, data = {"__metadata__": LICENCE}, b""
    for name, tensor in sorted(tensors.items()):
        raw = tensor.detach().to(torch.float16).contiguous().numpy().tobytes()
        header[name] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + data)


def config(vocab, labels):
    what = {"architectures": ["BertForSequenceClassification" if labels else "BertModel"], "model_type": "bert", "torch_dtype": "float16",
            "vocab_size": len(vocab), "hidden_size": model.WIDTH, "num_hidden_layers": model.LAYERS, "num_attention_heads": model.HEADS,
            "intermediate_size": model.INNER, "hidden_act": "gelu", "max_position_embeddings": model.POSITIONS, "type_vocab_size": 2,
            "layer_norm_eps": model.EPS, "pad_token_id": PAD, "position_embedding_type": "absolute"}
    if labels:
        what["id2label"] = {str(i): name for i, name in enumerate(labels)}
        what["label2id"] = {name: i for i, name in enumerate(labels)}
    return what


def write(folder, name, content):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as out:
        out.write(content if isinstance(content, str) else json.dumps(content, indent=2))
        out.write("\n")


def export(work, out, name, labels):
    vocab = json.load(open(os.path.join(work, "vocab.json"), encoding="utf-8"))
    state = torch.load(os.path.join(work, name + ".pt"))
    folder = os.path.join(out, PREFIX + name)
    write(folder, "config.json", config(vocab, labels))
    write(folder, "tokenizer.json", tokenizer_json(vocab))
    write(folder, "tokenizer_config.json", {
        "tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": model.POSITIONS, "pad_token": "[PAD]",
        "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]", "mask_token": "[MASK]"})
    if not labels:
        kinds = ["Transformer", "Pooling", "Normalize"]
        write(folder, "modules.json", [{"idx": i, "name": str(i), "path": f"{i}_{kind}" if i else "", "type": f"sentence_transformers.models.{kind}"}
                                       for i, kind in enumerate(kinds)])
        write(folder, "1_Pooling/config.json", {"word_embedding_dimension": model.WIDTH, "pooling_mode_mean_tokens": True,
                                                "pooling_mode_cls_token": False, "pooling_mode_max_tokens": False})
        write(folder, "sentence_bert_config.json", {"max_seq_length": model.POSITIONS, "do_lower_case": False})
    # A model without a head has no prefix before its names.
    safetensors(os.path.join(folder, "model.safetensors"), {n if labels else n[len("bert."):]: t for n, t in state.items()})


if __name__ == "__main__":
    for kind, names in (("embed", []), ("rerank", ["relevant"]), ("classify", LABELS)):
        if os.path.exists(os.path.join(sys.argv[1], kind + ".pt")):
            export(sys.argv[1], sys.argv[2], kind, names)
