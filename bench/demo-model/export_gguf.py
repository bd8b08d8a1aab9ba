"""Writes the trained model as a GGUF file: matrices in Q8_0, norms in F32; then reads it back and compares logits.

    python3 export_gguf.py --work DIR OUT.gguf
"""
import argparse
import os
import struct

import numpy as np
import torch

import bpe
import gguf_numpy
from model import Config, Demo

U32, F32, BOOL, STRING, ARRAY, I32 = 4, 6, 7, 8, 9, 5
ALIGN = 32


def gguf_string(s):
    b = s.encode("utf-8")
    return struct.pack("<Q", len(b)) + b


def entry(key, kind, value):
    head = gguf_string(key) + struct.pack("<I", kind if not isinstance(value, list) else ARRAY)
    if isinstance(value, list):
        head += struct.pack("<IQ", kind, len(value))
    pack = {U32: lambda v: struct.pack("<I", v), I32: lambda v: struct.pack("<i", v), F32: lambda v: struct.pack("<f", v),
            BOOL: lambda v: struct.pack("<?", v), STRING: gguf_string}[kind]
    return head + b"".join(map(pack, value if isinstance(value, list) else [value]))


def q8_0(matrix):
    """Blocks of 32: an f16 scale max|x|/127 and 32 signed bytes."""
    x = matrix.reshape(-1, 32).astype(np.float32)
    d = (np.abs(x).max(1) / 127).astype(np.float16)
    inv = np.where(d > 0, 1 / np.maximum(d.astype(np.float32), 1e-30), 0)
    q = np.clip(np.rint(x * inv[:, None]), -127, 127).astype(np.int8)
    out = np.empty(len(x), np.dtype([("d", "<f2"), ("q", "i1", 32)]))
    out["d"], out["q"] = d, q
    return out.tobytes()


def metadata(cfg, tok_data, template):
    control = set(bpe.SPECIALS)
    ids = {t: i for i, t in enumerate(tok_data["tokens"])}
    return [
        ("general.architecture", STRING, "llama"), ("general.name", STRING, "Nightjar demo"), ("general.type", STRING, "model"),
        ("general.author", STRING, "The Nightjar project"), ("general.license", STRING, "Apache-2.0"),
        ("general.description", STRING, "A very small chat model, trained on text that a script of the Nightjar project writes."),
        ("general.languages", STRING, ["en"]), ("general.file_type", U32, 7), ("general.quantization_version", U32, 2), ("general.alignment", U32, ALIGN),
        ("general.sampling.temp", F32, 0.4), ("general.sampling.top_p", F32, 0.9),     # at 1 it invents words and nonsense
        ("llama.vocab_size", U32, cfg.vocab), ("llama.context_length", U32, cfg.context), ("llama.embedding_length", U32, cfg.dim),
        ("llama.block_count", U32, cfg.layers), ("llama.feed_forward_length", U32, cfg.ffn), ("llama.attention.head_count", U32, cfg.heads),
        ("llama.attention.head_count_kv", U32, cfg.kv_heads), ("llama.attention.layer_norm_rms_epsilon", F32, cfg.eps),
        ("llama.rope.dimension_count", U32, cfg.head_dim), ("llama.rope.freq_base", F32, cfg.theta),
        ("tokenizer.ggml.model", STRING, "gpt2"), ("tokenizer.ggml.pre", STRING, "gpt-2"),
        ("tokenizer.ggml.tokens", STRING, tok_data["tokens"]), ("tokenizer.ggml.token_type", I32, [3 if t in control else 1 for t in tok_data["tokens"]]),
        ("tokenizer.ggml.merges", STRING, tok_data["merges"]), ("tokenizer.ggml.eos_token_id", U32, ids["<|im_end|>"]),
        ("tokenizer.ggml.eot_token_id", U32, ids["<|im_end|>"]), ("tokenizer.ggml.padding_token_id", U32, ids["<|endoftext|>"]),
        ("tokenizer.ggml.add_bos_token", BOOL, False), ("tokenizer.ggml.add_eos_token", BOOL, False), ("tokenizer.chat_template", STRING, template)]


def write(path, meta, tensors):
    """tensors: (name, numpy array); matrices [rows, columns] are quantized."""
    infos, blobs, offset = b"", [], 0
    for name, x in tensors:
        blob, kind = (q8_0(x), 8) if x.ndim == 2 else (x.astype("<f4").tobytes(), 0)
        dims = x.shape[::-1]                                    # innermost first
        infos += gguf_string(name) + struct.pack(f"<I{len(dims)}QIQ", len(dims), *dims, kind, offset)
        blob += b"\0" * (-len(blob) % ALIGN)
        blobs.append(blob)
        offset += len(blob)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(meta)) + b"".join(entry(*m) for m in meta) + infos
    with open(path, "wb") as f:
        f.write(head + b"\0" * (-len(head) % ALIGN) + b"".join(blobs))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--work", default="/tmp/nightjar-demo")
    ap.add_argument("out")
    args = ap.parse_args()
    torch.set_num_threads(1)
    c = torch.load(os.path.join(args.work, "checkpoint.pt"))
    cfg = Config(**c["config"])
    model = Demo(cfg)
    model.load_state_dict(c["ema"])
    tok = bpe.load(os.path.join(args.work, "tokenizer.json"))
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "chat_template.jinja"), encoding="utf-8") as f:
        template = f.read().rstrip("\n")
    tok_data = {"tokens": tok.tokens, "merges": [" ".join(m) for m in tok.ranks]}
    tensors = [(n, p.detach().numpy()) for n, p in model.named_parameters()]
    os.makedirs(os.path.dirname(os.path.abspath(args.out)), exist_ok=True)
    write(args.out, metadata(cfg, tok_data, template), tensors)

    # Read it back with the independent reader and compare the logits of the two.
    again = gguf_numpy.Llama(gguf_numpy.read(args.out))
    ids = tok.encode("<|im_start|>user\nTell me a story about a fox and a lost key.<|im_end|>\n<|im_start|>assistant\nOnce upon a time")
    with torch.no_grad():
        want = model(torch.tensor([ids]))[0].numpy()
    got = np.stack([again.step(t) for t in ids])
    print(f"{os.path.getsize(args.out)} bytes, {sum(x.size for _, x in tensors)} parameters; step {int(c['shared'][0])}, tokens {int(c['shared'][1])}, loss {c['loss']:.4f}")
    print(f"logits: largest difference {np.abs(want - got).max():.4f} (range {want.min():.1f} .. {want.max():.1f}), same best token {np.mean(want.argmax(1) == got.argmax(1)):.3f}")


if __name__ == "__main__":
    main()
