"""Writes the decoder goldens of the engine's tests: small random models as GGUF, with their logits.

The reference here is plain numpy in double precision, written from the papers and from the published
configurations, and shares nothing with the engine. Run: python3 decoder_goldens.py OUTPUT_FOLDER

Each model is NAME.gguf; NAME.logits.f32 holds little-endian float32 [tokens, vocabulary] for the token ids
0, 7, 14, ... modulo the vocabulary, TOKENS of them. Sizes are odd on purpose: nothing divides anything.
"""
import struct
import sys
from pathlib import Path

import numpy as np

V, C, H, K, D, F, TOKENS = 29, 24, 6, 2, 8, 20, 24
EPS = 1e-5


# ---- files ---------------------------------------------------------------------------------------

def gguf(path, arch, keys, tensors):
    def text(s):
        b = s.encode()
        return struct.pack("<Q", len(b)) + b

    def value(v):
        if isinstance(v, bool):
            return struct.pack("<I?", 7, v)
        if isinstance(v, int):
            return struct.pack("<II", 4, v)
        if isinstance(v, float):
            return struct.pack("<If", 6, v)
        if isinstance(v, list):
            booleans = all(isinstance(x, bool) for x in v)
            elements = bytes(v) if booleans else struct.pack(f"<{len(v)}i", *v)
            return struct.pack("<IIQ", 9, 7 if booleans else 5, len(v)) + elements
        return struct.pack("<I", 8) + text(v)

    entries = {"general.architecture": arch, "tokenizer.ggml.model": "no_vocab"}
    entries.update({f"{arch}.{k}": v for k, v in keys.items()})
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(entries))
    for k, v in entries.items():
        head += text(k) + value(v)
    offset, data = 0, b""
    for name, array in tensors.items():
        raw = array.astype("<f4").tobytes()
        head += text(name) + struct.pack("<I", array.ndim)
        head += struct.pack(f"<{array.ndim}Q", *reversed(array.shape)) + struct.pack("<IQ", 0, offset)
        padded = raw + b"\0" * (-len(raw) % 32)
        offset += len(padded)
        data += padded
    head += b"\0" * (-len(head) % 32)
    path.write_bytes(head + data)


class Weights:
    """Random tensors, remembered by name; norms near one, the rest wide enough to separate logits."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)
        self.tensors = {}

    def __call__(self, name, *shape):
        if name not in self.tensors:
            scale = 0.5 if len(shape) == 1 else 1.2 / np.sqrt(shape[-1])
            x = self.rng.normal(size=shape) * scale
            if name.endswith("norm.weight") or name.endswith("norm_2.weight"):
                x = 1 + 0.4 * x
            self.tensors[name] = x.astype(np.float32).astype(np.float64)
        return self.tensors[name]


# ---- maths ---------------------------------------------------------------------------------------

def rms(x, w):
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + EPS) * w


def layer_norm(x, w, b=0.0):
    centred = x - x.mean(-1, keepdims=True)
    return centred / np.sqrt((centred ** 2).mean(-1, keepdims=True) + EPS) * w + b


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def silu(x):
    return x * sigmoid(x)


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def gelu_half(x):
    """The tanh form with argument and result in half precision."""
    h = x.astype(np.float32).astype(np.float16).astype(np.float64)
    y = 0.5 * h * (1 + np.tanh(np.sqrt(2 / np.pi) * (h + 0.044715 * h ** 3)))
    return y.astype(np.float32).astype(np.float16).astype(np.float64)


def frequencies(n, theta=10000.0, divisors=None):
    f = theta ** (-2.0 * np.arange(n // 2) / n)
    return f if divisors is None else f / divisors


def rope(x, heads, n, style, freqs, magnitude=1.0, offset=0):
    """Rotates elements [offset, offset + n) of each head of x [T, heads * dim]."""
    x = x.reshape(len(x), heads, -1).copy()
    angle = np.arange(len(x))[:, None, None] * freqs
    c, s = np.cos(angle) * magnitude, np.sin(angle) * magnitude
    part = x[..., offset:offset + n]
    if style == "adjacent":
        a, b = part[..., 0::2].copy(), part[..., 1::2].copy()
        part[..., 0::2], part[..., 1::2] = a * c - b * s, b * c + a * s
    else:
        a, b = part[..., :n // 2].copy(), part[..., n // 2:].copy()
        part[..., :n // 2], part[..., n // 2:] = a * c - b * s, b * c + a * s
    return x.reshape(len(x), -1)


def slopes(heads, largest=8.0):
    """ALiBi: a geometric series for a power of two of heads, the rest from the next finer one."""
    whole = 2 ** int(np.floor(np.log2(heads)))
    first = [2.0 ** (-largest * (i + 1) / whole) for i in range(whole)]
    finer = [2.0 ** (-largest * (i + 1) / (2 * whole)) for i in range(0, 2 * whole, 2)]
    return np.array(first + finer[:heads - whole])


def attend(q, k, v, heads, kv_heads, scale=None, window=0, slopes=None):
    T = len(q)
    q = q.reshape(T, heads, -1)
    k = np.repeat(k.reshape(T, kv_heads, -1), heads // kv_heads, 1)
    v = np.repeat(v.reshape(T, kv_heads, -1), heads // kv_heads, 1)
    scores = np.einsum("thd,shd->hts", q, k) * (scale or q.shape[-1] ** -0.5)
    distance = np.arange(T)[:, None] - np.arange(T)[None]
    if slopes is not None:
        scores = scores - slopes[:, None, None] * distance
    seen = (distance >= 0) & ((window == 0) | (distance < window))
    return np.einsum("hts,shd->thd", softmax(np.where(seen, scores, -np.inf)), v).reshape(T, -1)


def qkv(w, p, x, heads=H, kv_heads=K, bias=False):
    out = []
    for name, n in (("q", heads), ("k", kv_heads), ("v", kv_heads)):
        y = x @ w(f"{p}attn_{name}.weight", n * D, C).T
        out.append(y + w(f"{p}attn_{name}.bias", n * D) if bias else y)
    return out


def output(w, p, x, bias=False):
    y = x @ w(f"{p}attn_output.weight", C, x.shape[-1]).T
    return y + w(f"{p}attn_output.bias", C) if bias else y


def gated(w, p, x, size=F, suffix="", activation=silu):
    gate = x @ w(f"{p}ffn_gate{suffix}.weight", size, C).T
    up = x @ w(f"{p}ffn_up{suffix}.weight", size, C).T
    return (activation(gate) * up) @ w(f"{p}ffn_down{suffix}.weight", C, size).T


def fused_gated(w, p, x):
    gate, up = np.split(x @ w(f"{p}ffn_up.weight", 2 * F, C).T, 2, 1)
    return (silu(gate) * up) @ w(f"{p}ffn_down.weight", C, F).T


def relu_squared(x):
    return np.maximum(x, 0) ** 2


def plain(w, p, x, bias, activation=gelu_half):
    up = x @ w(f"{p}ffn_up.weight", F, C).T + (w(f"{p}ffn_up.bias", F) if bias else 0)
    return activation(up) @ w(f"{p}ffn_down.weight", C, F).T + (w(f"{p}ffn_down.bias", C) if bias else 0)


# ---- models --------------------------------------------------------------------------------------

def keys(layers, norm="rms", heads=H, kv_heads=K, context=64, **more):
    base = {
        "vocab_size": V, "embedding_length": C, "block_count": layers, "feed_forward_length": F,
        "attention.head_count": heads, "attention.head_count_kv": kv_heads, "context_length": context,
        "attention.key_length": D, "attention.value_length": D, "rope.dimension_count": D,
    }
    base["attention.layer_norm_rms_epsilon" if norm == "rms" else "attention.layer_norm_epsilon"] = EPS
    base.update({k.replace("__", "."): v for k, v in more.items()})
    return base


def start(w, ids):
    return w("token_embd.weight", V, C)[ids]


def finish(w, x, norm="rms", bias=True, head_bias=False):
    if norm == "rms":
        x = rms(x, w("output_norm.weight", C))
    else:
        x = layer_norm(x, w("output_norm.weight", C), w("output_norm.bias", C) if bias else 0.0)
    y = x @ w("output.weight", V, C).T
    return y + w("output.bias", V) if head_bias else y


def ln(w, p, name, x, bias=True):
    return layer_norm(x, w(f"{p}{name}.weight", C), w(f"{p}{name}.bias", C) if bias else 0.0)


def pre_norm(w, ids, layers, attention, mlp=None, residual=1.0, embedding=1.0):
    x = start(w, ids) * embedding
    for i in range(layers):
        p = f"blk.{i}."
        x = x + residual * attention(p, i, rms(x, w(f"{p}attn_norm.weight", C)))
        x = x + residual * (mlp or (lambda p, i, h: gated(w, p, h)))(
            p, i, rms(x, w(f"{p}ffn_norm.weight", C)))
    return finish(w, x)


def mistral_window(w, ids):
    f = frequencies(D)

    def attention(p, i, h):
        q, k, v = qkv(w, p, h)
        q, k = rope(q, H, D, "adjacent", f), rope(k, K, D, "adjacent", f)
        return output(w, p, attend(q, k, v, H, K, window=5))

    return "llama", keys(2, attention__sliding_window=5), pre_norm(w, ids, 2, attention)


def yarn(n, factor, original):
    """Frequencies of YaRN; with few pairs the middle of the ramp is part of the test."""
    plain_f = frequencies(n)
    def dim(b): return n * np.log(original / (b * 2 * np.pi)) / (2 * np.log(10000.0))
    low, high = max(0, np.floor(dim(32))), min(n - 1, np.ceil(dim(1)))
    kept = 1 - np.clip((np.arange(n // 2) - low) / max(0.001, high - low), 0, 1)
    return plain_f / factor * (1 - kept) + plain_f * kept


def mistral3(w, ids):
    """Queries grow with the position, by the context of pre-training."""
    factor, length, beta = 4.0, 9, 0.3
    f = yarn(D, factor, length)
    growth = 1 + beta * np.log(1 + np.arange(TOKENS) // length)

    def attention(p, i, h):
        q, k, v = qkv(w, p, h)
        q, k = rope(q, H, D, "adjacent", f), rope(k, K, D, "adjacent", f)
        return output(w, p, attend(q * growth[:, None], k, v, H, K))

    more = {"rope.scaling.type": "yarn", "rope.scaling.factor": factor,
            "rope.scaling.original_context_length": length, "rope.scaling.yarn_beta_fast": 32.0,
            "rope.scaling.yarn_beta_slow": 1.0, "rope.scaling.yarn_log_multiplier": 1.0,
            "attention.temperature_scale": beta}
    return "mistral3", keys(2, **more), pre_norm(w, ids, 2, attention)


def olmo2(w, ids, layers=2, window=0):
    """OLMo 3 has windows, with positions that are not stretched there."""
    factor, original = 4.0, 16
    magnitude = 1 + 0.1 * np.log(factor)
    x = start(w, ids)
    for i in range(layers):
        p = f"blk.{i}."
        q, k, v = qkv(w, p, x)
        q, k = rms(q, w(f"{p}attn_q_norm.weight", H * D)), rms(k, w(f"{p}attn_k_norm.weight", K * D))
        windowed = window and i % 4 != 3
        stretched = window and not windowed
        f, m = (yarn(D, factor, original), magnitude) if stretched else (frequencies(D), 1.0)
        q, k = rope(q, H, D, "half", f, m), rope(k, K, D, "half", f, m)
        h = output(w, p, attend(q, k, v, H, K, window=window if windowed else 0))
        x = x + rms(h, w(f"{p}post_attention_norm.weight", C))
        x = x + rms(gated(w, p, x), w(f"{p}post_ffw_norm.weight", C))
    more = {"attention.sliding_window": window, "rope.scaling.type": "yarn",
            "attention.sliding_window_pattern": [i % 4 != 3 for i in range(layers)],
            "rope.scaling.factor": factor, "rope.scaling.yarn_attn_factor": float(magnitude),
            "rope.scaling.original_context_length": original} if window else {}
    return "olmo2", keys(layers, **more), finish(w, x)


def phi3_longrope(w, ids, long):
    factors = {n: w(f"rope_factors_{n}.weight", D // 2) for n in ("short", "long")}
    for n, low in (("short", 1.0), ("long", 2.0)):
        factors[n][:] = (low + np.abs(factors[n])).astype(np.float32)
    f = frequencies(D, divisors=factors["long" if long else "short"])

    def attention(p, i, h):
        fused = h @ w(f"{p}attn_qkv.weight", (H + 2 * K) * D, C).T
        q, k, v = np.split(fused, [H * D, (H + K) * D], 1)
        q, k = rope(q, H, D, "half", f, 1.25), rope(k, K, D, "half", f, 1.25)
        return output(w, p, attend(q, k, v, H, K))

    def mlp(p, i, h):
        return fused_gated(w, p, h)

    more = {"rope__scaling__original_context_length": 32, "rope__scaling__attn_factor": 1.25}
    return "phi3", keys(2, **more), pre_norm(w, ids, 2, attention, mlp)


def smollm3(w, ids):
    f = frequencies(D)

    def attention(p, i, h):
        q, k, v = qkv(w, p, h)
        if (i + 1) % 4:
            q, k = rope(q, H, D, "adjacent", f), rope(k, K, D, "adjacent", f)
        return output(w, p, attend(q, k, v, H, K))

    return "smollm3", keys(5), pre_norm(w, ids, 5, attention)


def granite(w, ids):
    f = frequencies(D)

    def attention(p, i, h):
        q, k, v = qkv(w, p, h)
        q, k = rope(q, H, D, "adjacent", f), rope(k, K, D, "adjacent", f)
        return output(w, p, attend(q, k, v, H, K, scale=0.125))

    more = {"attention__scale": 0.125, "residual_scale": 0.5, "embedding_scale": 3.0, "logit_scale": 4.0}
    return "granite", keys(2, **more), pre_norm(w, ids, 2, attention, None, 0.5, 3.0) / 4.0


def falcon(w, ids, two_norms):
    """Falcon 7B has one KV head and one norm, 40B groups and a norm for attention alone."""
    kv = 2 if two_norms else 1
    f = frequencies(D)
    x = start(w, ids)
    for i in range(2):
        p = f"blk.{i}."
        h = ln(w, p, "attn_norm", x)
        a = ln(w, p, "attn_norm_2", x) if two_norms else h
        fused = a @ w(f"{p}attn_qkv.weight", (H + 2 * kv) * D, C).T
        q, k, v = np.split(fused, [H * D, (H + kv) * D], 1)
        q, k = rope(q, H, D, "half", f), rope(k, kv, D, "half", f)
        x = x + output(w, p, attend(q, k, v, H, kv)) + plain(w, p, h, False)
    return "falcon", keys(2, "layer", kv_heads=kv), finish(w, x, "layer")


def head_layer_norm(w, name, x, heads):
    weight = w(name, heads, D)
    return layer_norm(x.reshape(len(x), heads, D), weight).reshape(len(x), -1)


def stablelm_parallel(w, ids):
    f = frequencies(4)
    x = start(w, ids)
    for i in range(2):
        p = f"blk.{i}."
        h = ln(w, p, "attn_norm", x)
        q, k, v = qkv(w, p, h)
        q = head_layer_norm(w, f"{p}attn_q_norm.weight", q, H)
        k = head_layer_norm(w, f"{p}attn_k_norm.weight", k, K)
        q, k = rope(q, H, 4, "half", f), rope(k, K, 4, "half", f)
        x = x + output(w, p, attend(q, k, v, H, K)) + gated(w, p, h)
    return "stablelm", keys(2, "layer", rope__dimension_count=4), finish(w, x, "layer")


def command_r_plus(w, ids):
    f = frequencies(D)
    x = start(w, ids)
    for i in range(2):
        p = f"blk.{i}."
        h = ln(w, p, "attn_norm", x, False)
        q, k, v = qkv(w, p, h)
        q = head_layer_norm(w, f"{p}attn_q_norm.weight", q, H)
        k = head_layer_norm(w, f"{p}attn_k_norm.weight", k, K)
        q, k = rope(q, H, D, "adjacent", f), rope(k, K, D, "adjacent", f)
        x = x + output(w, p, attend(q, k, v, H, K)) + gated(w, p, h)
    logits = finish(w, x, "layer", bias=False) * 0.25
    return "command-r", keys(2, "layer", logit_scale=0.25), logits


def gptneox_parallel(w, ids):
    f = frequencies(2)
    x = start(w, ids)
    for i in range(2):
        p = f"blk.{i}."
        h = ln(w, p, "attn_norm", x)
        fused = h @ w(f"{p}attn_qkv.weight", 3 * H * D, C).T + w(f"{p}attn_qkv.bias", 3 * H * D)
        q, k, v = np.split(fused, 3, 1)
        q, k = rope(q, H, 2, "half", f), rope(k, H, 2, "half", f)
        mlp = plain(w, p, ln(w, p, "ffn_norm", x), True)
        x = x + output(w, p, attend(q, k, v, H, H), True) + mlp
    more = {"rope__dimension_count": 2, "use_parallel_residual": True}
    return "gptneox", keys(2, "layer", kv_heads=H, **more), finish(w, x, "layer")


def phi2(w, ids):
    f = frequencies(4)
    x = start(w, ids)
    for i in range(2):
        p = f"blk.{i}."
        h = ln(w, p, "attn_norm", x)
        q, k, v = qkv(w, p, h, H, H, True)
        q, k = rope(q, H, 4, "half", f), rope(k, H, 4, "half", f)
        x = x + output(w, p, attend(q, k, v, H, H), True) + plain(w, p, h, True)
    keyed = keys(2, "layer", kv_heads=H, rope__dimension_count=4)
    return "phi2", keyed, finish(w, x, "layer", head_bias=True)


def experts(w, p, h, chosen, weights, E, size):
    gate = w(f"{p}ffn_gate_exps.weight", E, size, C)
    up = w(f"{p}ffn_up_exps.weight", E, size, C)
    down = w(f"{p}ffn_down_exps.weight", E, C, size)
    out = np.zeros_like(h)
    for t in range(len(h)):
        for e, weight in zip(chosen[t], weights[t]):
            out[t] += weight * (down[e] @ (silu(gate[e] @ h[t]) * (up[e] @ h[t])))
    return out


def qwen2moe(w, ids):
    E, used, size, shared = 5, 2, 11, 13
    f = frequencies(D)

    def attention(p, i, h):
        q, k, v = qkv(w, p, h, bias=True)
        q, k = rope(q, H, D, "half", f), rope(k, K, D, "half", f)
        return output(w, p, attend(q, k, v, H, K))

    def mlp(p, i, h):
        scores = softmax(h @ w(f"{p}ffn_gate_inp.weight", E, C).T)
        chosen = np.argsort(-scores, -1)[:, :used]
        out = experts(w, p, h, chosen, np.take_along_axis(scores, chosen, -1), E, size)
        gate = sigmoid(h @ w(f"{p}ffn_gate_inp_shexp.weight", C))
        return out + gate[:, None] * gated(w, p, h, shared, "_shexp")

    more = {"expert_count": E, "expert_used_count": used, "expert_feed_forward_length": size,
            "expert_shared_feed_forward_length": shared}
    return "qwen2moe", keys(2, **more), pre_norm(w, ids, 2, attention, mlp)


def deepseek(w, ids, lite, old=False):
    """Latent attention in the form of the paper: keys and values are expanded for every head."""
    heads, latent, nope, rot, value, q_rank = 3, 12, 6, 4, 5, 0 if lite else 7
    E, used, size, shared_count = 8, 3, 9, 2
    factor, m = 4.0, 0.707
    f = yarn(rot, factor, 16)
    scale = (1 + 0.1 * m * np.log(factor)) ** 2 / np.sqrt(nope + rot)

    def attention(p, i, h):
        T = len(h)
        if lite:
            q = h @ w(f"{p}attn_q.weight", heads * (nope + rot), C).T
        else:
            low_rank = h @ w(f"{p}attn_q_a.weight", q_rank, C).T
            low_rank = rms(low_rank, w(f"{p}attn_q_a_norm.weight", q_rank))
            q = low_rank @ w(f"{p}attn_q_b.weight", heads * (nope + rot), q_rank).T
        q = rope(q, heads, rot, "adjacent", f, offset=nope).reshape(T, heads, -1)
        down = h @ w(f"{p}attn_kv_a_mqa.weight", latent + rot, C).T
        c = rms(down[:, :latent], w(f"{p}attn_kv_a_norm.weight", latent))
        k_rot = rope(down[:, latent:], 1, rot, "adjacent", f)
        k_b = w(f"{p}attn_k_b.weight", heads, latent, nope)
        v_b = w(f"{p}attn_v_b.weight", heads, value, latent)
        k = np.concatenate([np.einsum("tl,hln->thn", c, k_b),
                            np.repeat(k_rot[:, None], heads, 1)], -1)
        v = np.einsum("tl,hvl->thv", c, v_b)
        mixed = attend(q.reshape(T, -1), k.reshape(T, -1), v.reshape(T, -1), heads, heads, scale)
        return output(w, p, mixed)

    def mlp(p, i, h):
        if i == 0:
            return gated(w, p, h)
        logits = h @ w(f"{p}ffn_gate_inp.weight", E, C).T
        if lite:
            scores = softmax(logits)
            chosen = np.argsort(-scores, -1)[:, :used]
            weights = np.take_along_axis(scores, chosen, -1)
        else:
            scores = sigmoid(logits)
            ranks = scores + w(f"{p}exp_probs_b.bias", E)
            groups = np.sort(ranks.reshape(len(h), 4, 2), -1).sum(-1)
            best = np.argsort(-groups, -1)[:, :2]
            allowed = np.zeros((len(h), 4), bool)
            np.put_along_axis(allowed, best, True, -1)
            ranks = np.where(np.repeat(allowed, 2, 1), ranks, -np.inf)
            chosen = np.argsort(-ranks, -1)[:, :used]
            weights = np.take_along_axis(scores, chosen, -1)
            weights = weights / weights.sum(-1, keepdims=True) * 2.5
        out = experts(w, p, h, chosen, weights, E, size)
        return out + gated(w, p, h, shared_count * size, "_shexp")

    def fuse(p):
        """Older files hold keys and values of each head in one tensor."""
        k_b = w.tensors.pop(f"{p}attn_k_b.weight").transpose(0, 2, 1)
        v_b = w.tensors.pop(f"{p}attn_v_b.weight")
        both = np.concatenate([k_b, v_b], 1)
        w.tensors[f"{p}attn_kv_b.weight"] = both.reshape(heads * (nope + value), latent)

    logits = pre_norm(w, ids, 3, attention, mlp)
    more = {"attention.key_length": latent + rot, "attention.value_length": latent,
            "attention.key_length_mla": nope + rot, "attention.value_length_mla": value,
            "attention.kv_lora_rank": latent, "rope.dimension_count": rot,
            "rope.scaling.type": "yarn", "rope.scaling.factor": factor,
            "rope.scaling.original_context_length": 16, "rope.scaling.yarn_log_multiplier": 0.1 * m,
            "expert_count": E, "expert_used_count": used, "expert_feed_forward_length": size,
            "expert_shared_count": shared_count, "leading_dense_block_count": 1}
    if not lite:
        more.update({"attention.q_lora_rank": q_rank, "expert_gating_func": 2,
                     "expert_weights_norm": True, "expert_weights_scale": 2.5,
                     "expert_group_count": 4, "expert_group_used_count": 2})
        # a further layer predicts the token after the next one, and is not run
        w("blk.3.nextn.eh_proj.weight", C, 2 * C), w("blk.3.attn_norm.weight", C)
        more.update({"block_count": 4, "nextn_predict_layers": 1})
    keyed = keys(3, heads=heads, kv_heads=1)
    keyed.update(more)
    if old:
        for i in range(3):
            fuse(f"blk.{i}.")
        keyed["attention.key_length"] = keyed.pop("attention.key_length_mla")
        keyed["attention.value_length"] = keyed.pop("attention.value_length_mla")
    return "deepseek2", keyed, logits


def mixture(w, p, h, scoring, normalized, bias=False, scale=1.0, shared=0):
    """Experts by score, with a bias on the choice alone, and one that all tokens use."""
    logits = h @ w(f"{p}ffn_gate_inp.weight", EXPERTS, C).T
    scores = scoring(logits)
    ranks = scores + w(f"{p}exp_probs_b.bias", EXPERTS) if bias else scores
    chosen = np.argsort(-ranks, -1)[:, :USED]
    weights = np.take_along_axis(scores, chosen, -1)
    if normalized:
        weights = weights / weights.sum(-1, keepdims=True)
    out = experts(w, p, h, chosen, weights * scale, EXPERTS, EXPERT_SIZE)
    return out + gated(w, p, h, shared, "_shexp") if shared else out


EXPERTS, USED, EXPERT_SIZE = 5, 2, 11
MIXTURE = {"expert_count": EXPERTS, "expert_used_count": USED,
           "expert_feed_forward_length": EXPERT_SIZE}


def decoder(w, ids, arch, style, mlp=None, layers=2, rotated=D, kv=K, bias=False, fused=False,
            norm="rms", norm_bias=True, ffn_norm="ffn_norm", head_norm=None, clamp=0.0,
            alibi=None, positions=False, embedding=1.0, residual=1.0, logit=1.0, scale=None, more={}):
    """Attention, then feed-forward, each on its normalized input, with the variations of families."""
    def normalize(name, x):
        if norm == "none":
            return layer_norm(x, 1.0)
        return rms(x, w(f"{name}.weight", C)) if norm == "rms" else ln(w, "", name, x, norm_bias)

    def heads_rms(name, x, n):
        return rms(x.reshape(len(x), n, D), w(name, D)).reshape(len(x), -1)

    def project(p, h):
        if not fused:
            return qkv(w, p, h, kv_heads=kv, bias=bias)
        y = h @ w(f"{p}attn_qkv.weight", (H + 2 * kv) * D, C).T
        y = y + w(f"{p}attn_qkv.bias", (H + 2 * kv) * D) if bias else y
        return np.split(y, [H * D, (H + kv) * D], 1)

    def attention(p, h):
        q, k, v = project(p, h)
        if clamp:
            q, k, v = (np.clip(y, -clamp, clamp) for y in (q, k, v))
        def norms(q, k):
            return (heads_rms(f"{p}attn_q_norm.weight", q, H),
                    heads_rms(f"{p}attn_k_norm.weight", k, kv))
        if head_norm == "before":
            q, k = norms(q, k)
        if style:
            f = frequencies(rotated)
            q, k = rope(q, H, rotated, style, f), rope(k, kv, rotated, style, f)
        if head_norm == "after":
            q, k = norms(q, k)
        return output(w, p, attend(q, k, v, H, kv, scale, slopes=alibi))

    x = start(w, ids) * embedding
    if positions:
        x = x + w("position_embd.weight", 64, C)[:len(ids)]
    for i in range(layers):
        p = f"blk.{i}."
        x = x + residual * attention(p, normalize(f"{p}attn_norm", x))
        h = normalize(f"{p}{ffn_norm}", x)
        x = x + residual * (mlp(p, i, h) if mlp else gated(w, p, h))
    y = normalize("output_norm", x) @ w("output.weight", V, C).T
    keyed = keys(layers, "rms" if norm == "rms" else "layer", kv_heads=kv)
    keyed["rope.dimension_count"] = rotated
    keyed.update(more)
    return arch, keyed, y * logit


def sandwiched(w, ids, arch, style, pre, mlp, rotated=D, bias=False, head_norm=False, layers=2,
               window=0, period=0, more={}):
    """Norms behind each half of a block, and in front of it if there is a pre norm."""
    x = start(w, ids)
    for i in range(layers):
        p = f"blk.{i}."
        windowed = not window or i % period != period - 1
        q, k, v = qkv(w, p, rms(x, w(f"{p}attn_norm.weight", C)) if pre else x, bias=bias)
        if head_norm:
            q = rms(q.reshape(-1, H, D), w(f"{p}attn_q_norm.weight", D)).reshape(len(q), -1)
            k = rms(k.reshape(-1, K, D), w(f"{p}attn_k_norm.weight", D)).reshape(len(k), -1)
        if windowed:
            f = frequencies(rotated)
            q, k = rope(q, H, rotated, style, f), rope(k, K, rotated, style, f)
        h = output(w, p, attend(q, k, v, H, K, window=window if windowed else 0))
        x = x + rms(h, w(f"{p}post_attention_norm.weight", C))
        h = mlp(w, p, rms(x, w(f"{p}ffn_norm.weight", C)) if pre else x)
        x = x + rms(h, w(f"{p}post_ffw_norm.weight", C))
    more = {**more, "rope.dimension_count": rotated, "attention.sliding_window": window}
    return arch, keys(layers, **more), finish(w, x)


def cohere2(w, ids):
    x = start(w, ids)
    for i in range(5):
        p = f"blk.{i}."
        h = ln(w, p, "attn_norm", x, False)
        q, k, v = qkv(w, p, h)
        windowed = i % 4 != 3
        if windowed:
            f = frequencies(D)
            q, k = rope(q, H, D, "adjacent", f), rope(k, K, D, "adjacent", f)
        a = output(w, p, attend(q, k, v, H, K, window=6 if windowed else 0))
        x = x + a + gated(w, p, h)
    more = {"attention.sliding_window": 6, "logit_scale": 0.25, "rope.scaling.type": "none"}
    return "cohere2", keys(5, "layer", **more), finish(w, x, "layer", bias=False) * 0.25


def gemma(w, ids):
    def mlp(p, i, h):
        return gated(w, p, h, activation=gelu_half)
    return decoder(w, ids, "gemma", "half", mlp, embedding=np.sqrt(C))


def granite_moe(w, ids):
    def mlp(p, i, h):
        return mixture(w, p, h, softmax, True, shared=13)
    more = {**MIXTURE, "expert_shared_feed_forward_length": 13, "attention.scale": 0.125,
            "residual_scale": 0.5, "embedding_scale": 3.0, "logit_scale": 4.0}
    return decoder(w, ids, "granitemoe", "adjacent", mlp, embedding=3.0, residual=0.5,
                   logit=0.25, scale=0.125, more=more)


def minicpm(w, ids):
    """Without keys the factors follow from the sizes."""
    return decoder(w, ids, "minicpm", "adjacent", embedding=12.0, residual=1.4 / np.sqrt(2),
                   logit=256 / C)


def plain_family(w, ids, arch, style, activation, **more):
    def mlp(p, i, h):
        return plain(w, p, h, more.get("bias", False), activation)
    return decoder(w, ids, arch, style, mlp, **more)


def expert_family(w, ids, arch, style, scoring, normalized, bias=False, scale=1.0, dense=0,
                  keyed={}, **more):
    def mlp(p, i, h):
        if i < dense:
            return gated(w, p, h)
        return mixture(w, p, h, scoring, normalized, bias, scale, 2 * EXPERT_SIZE)
    extra = {**MIXTURE, "expert_shared_count": 2, "leading_dense_block_count": dense, **keyed}
    return decoder(w, ids, arch, style, mlp, more=extra, **more)


SIGMOID = {"expert_gating_func": 2, "expert_weights_norm": True, "expert_weights_scale": 2.5}

# for text all three sections of the rotation have the same position
SECTIONS = {"rope.dimension_sections": [2, 1, 1, 0]}

MODELS = {
    "mistral-window": mistral_window,
    "olmo2": olmo2,
    "phi3-longrope-short": lambda w, ids: phi3_longrope(w, ids, False),
    "phi3-longrope-long": lambda w, ids: phi3_longrope(w, ids, True),
    "smollm3-nope": smollm3,
    "granite-scales": granite,
    "falcon-7b": lambda w, ids: falcon(w, ids, False),
    "falcon-40b": lambda w, ids: falcon(w, ids, True),
    "stablelm-parallel": stablelm_parallel,
    "command-r-plus": command_r_plus,
    "gptneox-parallel": gptneox_parallel,
    "phi2-grouped": phi2,
    "qwen2moe-shared": qwen2moe,
    "deepseek2-lite": lambda w, ids: deepseek(w, ids, True),
    "deepseek3-groups": lambda w, ids: deepseek(w, ids, False),
    "deepseek2-fused": lambda w, ids: deepseek(w, ids, True, old=True),
    "mistral3-temperature": mistral3,
    "olmo3-window": lambda w, ids: olmo2(w, ids, 5, 6),
    "gemma": gemma,
    "cohere2-window": cohere2,
    "granitemoe-shared": granite_moe,
    "olmo-clamp": lambda w, ids: decoder(
        w, ids, "olmo", "adjacent", norm="none", clamp=0.75, more={"attention.clamp_kqv": 0.75}),
    "glm4": lambda w, ids: sandwiched(w, ids, "glm4", "adjacent", True, fused_gated, 4, True),
    "internlm2": lambda w, ids: decoder(w, ids, "internlm2", "adjacent", bias=True),
    "nemotron": lambda w, ids: plain_family(
        w, ids, "nemotron", "half", relu_squared, norm="layer", rotated=4),
    "minicpm": minicpm,
    "exaone": lambda w, ids: decoder(w, ids, "exaone", "half"),
    "exaone4-window": lambda w, ids: sandwiched(
        w, ids, "exaone4", "half", False, gated, head_norm=True, layers=5, window=6, period=4),
    "exaone4-full": lambda w, ids: sandwiched(
        w, ids, "exaone4", "half", False, gated, head_norm=True),
    "arcee": lambda w, ids: plain_family(w, ids, "arcee", "adjacent", relu_squared),
    "seed-oss": lambda w, ids: decoder(
        w, ids, "seed_oss", "half", bias=True, ffn_norm="post_attention_norm"),
    "ernie4_5": lambda w, ids: decoder(w, ids, "ernie4_5", "adjacent"),
    "ernie4_5-moe": lambda w, ids: expert_family(
        w, ids, "ernie4_5-moe", "adjacent", softmax, True, bias=True, dense=1),
    "hunyuan-dense": lambda w, ids: decoder(
        w, ids, "hunyuan-dense", "half", head_norm="after", more={"expert_count": 1}),
    "hunyuan-moe": lambda w, ids: expert_family(
        w, ids, "hunyuan-moe", "half", softmax, True, head_norm="after"),
    "qwen": lambda w, ids: decoder(
        w, ids, "qwen", "half", bias=True, fused=True, kv=H, more={"feed_forward_length": 2 * F}),
    "starcoder": lambda w, ids: plain_family(
        w, ids, "starcoder", None, gelu_half, bias=True, fused=True, kv=1, norm="layer",
        positions=True),
    "mpt-alibi": lambda w, ids: plain_family(
        w, ids, "mpt", None, gelu_half, fused=True, kv=H, norm="layer", norm_bias=False,
        alibi=slopes(H, 6.0), clamp=0.75,
        more={"attention.max_alibi_bias": 6.0, "attention.clamp_kqv": 0.75}),
    "mpt-learned": lambda w, ids: plain_family(
        w, ids, "mpt", None, gelu_half, fused=True, kv=H, norm="layer", norm_bias=False,
        positions=True),
    "baichuan": lambda w, ids: decoder(w, ids, "baichuan", "adjacent", kv=H),
    "refact": lambda w, ids: decoder(w, ids, "refact", None, kv=1, alibi=slopes(H)),
    "orion": lambda w, ids: decoder(w, ids, "orion", "half", norm="layer"),
    "xverse": lambda w, ids: decoder(w, ids, "xverse", "adjacent"),
    "dots1": lambda w, ids: expert_family(
        w, ids, "dots1", "half", sigmoid, True, bias=True, scale=2.5, dense=1, keyed=SIGMOID,
        head_norm="before"),
    "bailingmoe": lambda w, ids: expert_family(w, ids, "bailingmoe", "adjacent", softmax, False),
    "bailingmoe2": lambda w, ids: expert_family(
        w, ids, "bailingmoe2", "half", sigmoid, True, bias=True, scale=2.5, dense=1, fused=True,
        rotated=4, head_norm="before",
        keyed={**SIGMOID, "expert_shared_feed_forward_length": EXPERT_SIZE}),
    "glm4moe": lambda w, ids: expert_family(
        w, ids, "glm4moe", "half", sigmoid, True, bias=True, scale=2.5, dense=1, rotated=4,
        head_norm="before", ffn_norm="post_attention_norm",
        keyed={"expert_weights_norm": True, "expert_weights_scale": 2.5}),
    "deepseek": lambda w, ids: expert_family(
        w, ids, "deepseek", "adjacent", softmax, False, dense=1),
    "chatglm": lambda w, ids: decoder(
        w, ids, "chatglm", "adjacent", lambda p, i, h: fused_gated(w, p, h), bias=True, fused=True,
        rotated=4),
    "codeshell": lambda w, ids: plain_family(
        w, ids, "codeshell", "half", gelu_half, bias=True, fused=True, norm="layer"),
    "qwen2vl": lambda w, ids: decoder(w, ids, "qwen2vl", "half", bias=True, more=SECTIONS),
    "qwen3vl": lambda w, ids: decoder(
        w, ids, "qwen3vl", "half", head_norm="before", more={**SECTIONS, "n_deepstack_layers": 1}),
    "qwen3vlmoe": lambda w, ids: decoder(
        w, ids, "qwen3vlmoe", "half", lambda p, i, h: mixture(w, p, h, softmax, True),
        head_norm="before", more={**SECTIONS, **MIXTURE}),
}


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    ids = np.arange(TOKENS) * 7 % V
    for seed, (name, model) in enumerate(MODELS.items()):
        w = Weights(seed)
        arch, keyed, logits = model(w, ids)
        gguf(folder / f"{name}.gguf", arch, keyed, w.tensors)
        (folder / f"{name}.logits.f32").write_bytes(logits.astype("<f4").tobytes())
        print(name, arch, len(w.tensors), "tensors")


if __name__ == "__main__":
    main()
