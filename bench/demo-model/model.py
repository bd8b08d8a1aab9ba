"""The demo model: a very small Llama-style decoder, written for CPU training with torch 1.13."""
import math
from dataclasses import dataclass, asdict

import torch
import torch.nn.functional as F
from torch import nn


@dataclass
class Config:
    vocab: int = 1792
    dim: int = 256
    layers: int = 6
    heads: int = 8
    kv_heads: int = 4
    ffn: int = 512
    context: int = 2048
    theta: float = 10000.0
    eps: float = 1e-5

    @property
    def head_dim(self):
        return self.dim // self.heads

    def as_dict(self):
        return asdict(self)


def rope_table(cfg):
    """Complex rotations [context, head_dim/2]; pair i of a head is (x[2i], x[2i+1])."""
    half = cfg.head_dim // 2
    freq = cfg.theta ** (-torch.arange(half, dtype=torch.float64) / half)
    angle = torch.arange(cfg.context, dtype=torch.float64)[:, None] * freq[None, :]
    return torch.polar(torch.ones_like(angle), angle).to(torch.complex64)


def rotate(x, rope):
    """Rotates adjacent pairs of x [B, T, H, head_dim]."""
    pairs = torch.view_as_complex(x.float().reshape(*x.shape[:-1], -1, 2))
    return torch.view_as_real(pairs * rope[None, : x.shape[1], None, :]).flatten(3).to(x.dtype)


class RMSNorm(nn.Module):
    def __init__(self, dim, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))
        self.eps = eps

    def forward(self, x):
        scale = torch.rsqrt(x.float().pow(2).mean(-1, keepdim=True) + self.eps)
        return x * scale * self.weight


def attend(q, k, v, block=128):
    """Causal attention [B, H, T, D], in query blocks so that most of the upper triangle is skipped."""
    out, scale = [], 1.0 / math.sqrt(q.shape[-1])
    b, h, total, d = q.shape
    q, k, v = (q * scale).flatten(0, 1), k.flatten(0, 1).transpose(1, 2), v.flatten(0, 1)
    for start in range(0, total, block):
        end = min(start + block, total)
        bias = torch.full((end - start, end), -1e9, dtype=q.dtype).triu_(start + 1)
        scores = torch.baddbmm(bias, q[:, start:end], k[:, :, :end])
        out.append(torch.softmax(scores, -1, dtype=q.dtype) @ v[:, :end])
    return (torch.cat(out, 1) if len(out) > 1 else out[0]).view(b, h, total, d)


class Block(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.cfg = cfg
        kv = cfg.kv_heads * cfg.head_dim
        self.attn_norm = RMSNorm(cfg.dim, cfg.eps)
        self.attn_q = nn.Linear(cfg.dim, cfg.dim, bias=False)
        self.attn_k = nn.Linear(cfg.dim, kv, bias=False)
        self.attn_v = nn.Linear(cfg.dim, kv, bias=False)
        self.attn_output = nn.Linear(cfg.dim, cfg.dim, bias=False)
        self.ffn_norm = RMSNorm(cfg.dim, cfg.eps)
        self.ffn_gate = nn.Linear(cfg.dim, cfg.ffn, bias=False)
        self.ffn_up = nn.Linear(cfg.dim, cfg.ffn, bias=False)
        self.ffn_down = nn.Linear(cfg.ffn, cfg.dim, bias=False)

    def forward(self, x, rope):
        c, (b, t, _) = self.cfg, x.shape
        h = self.attn_norm(x)
        q = rotate(self.attn_q(h).view(b, t, c.heads, c.head_dim), rope).transpose(1, 2)
        k = rotate(self.attn_k(h).view(b, t, c.kv_heads, c.head_dim), rope).transpose(1, 2)
        v = self.attn_v(h).view(b, t, c.kv_heads, c.head_dim).transpose(1, 2)
        group = c.heads // c.kv_heads
        k = k.repeat_interleave(group, 1)
        v = v.repeat_interleave(group, 1)
        a = attend(q, k, v).transpose(1, 2).reshape(b, t, c.dim)
        x = x + self.attn_output(a)
        h = self.ffn_norm(x)
        return x + self.ffn_down(F.silu(self.ffn_gate(h)) * self.ffn_up(h))


class Demo(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.cfg = cfg
        self.token_embd = nn.Embedding(cfg.vocab, cfg.dim)
        self.blk = nn.ModuleList([Block(cfg) for _ in range(cfg.layers)])
        self.output_norm = RMSNorm(cfg.dim, cfg.eps)
        self.register_buffer("rope", rope_table(cfg), persistent=False)
        for name, p in self.named_parameters():
            if p.dim() == 2:
                std = 0.02 if "embd" in name else 1.0 / math.sqrt(p.shape[1])
                if "attn_output" in name or "ffn_down" in name:
                    std /= math.sqrt(2 * cfg.layers)
                nn.init.normal_(p, 0.0, std)

    def forward(self, tokens):
        x = self.token_embd(tokens)
        for block in self.blk:
            x = block(x, self.rope)
        return F.linear(self.output_norm(x), self.token_embd.weight)
