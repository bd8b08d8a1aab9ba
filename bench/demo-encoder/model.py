"""BERT as Hugging Face names it, small enough to train on one core. Shapes: [B, T] ids to [B, T, C] hidden states."""
import math

import torch
from torch import nn
from torch.nn import functional as F

WIDTH, LAYERS, HEADS, INNER, POSITIONS, EPS = 96, 3, 3, 192, 128, 1e-12


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.self = nn.ModuleDict({n: nn.Linear(WIDTH, WIDTH) for n in ("query", "key", "value")})
        self.output = nn.ModuleDict({"dense": nn.Linear(WIDTH, WIDTH), "LayerNorm": nn.LayerNorm(WIDTH, EPS)})

    def forward(self, x, bias):
        B, T, _ = x.shape
        q, k, v = (self.self[n](x).view(B, T, HEADS, -1).transpose(1, 2) for n in ("query", "key", "value"))
        scores = q @ k.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + bias
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(B, T, WIDTH)
        return self.output["LayerNorm"](x + self.output["dense"](mixed))


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = Attention()
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(WIDTH, INNER)})
        self.output = nn.ModuleDict({"dense": nn.Linear(INNER, WIDTH), "LayerNorm": nn.LayerNorm(WIDTH, EPS)})

    def forward(self, x, bias):
        x = self.attention(x, bias)
        return self.output["LayerNorm"](x + self.output["dense"](F.gelu(self.intermediate["dense"](x))))


class Bert(nn.Module):
    def __init__(self, vocab_size):
        super().__init__()
        self.embeddings = nn.ModuleDict({
            "word_embeddings": nn.Embedding(vocab_size, WIDTH), "position_embeddings": nn.Embedding(POSITIONS, WIDTH),
            "token_type_embeddings": nn.Embedding(2, WIDTH), "LayerNorm": nn.LayerNorm(WIDTH, EPS)})
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer() for _ in range(LAYERS))})
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.normal_(p, std=0.05)

    def forward(self, ids, types, mask):
        e = self.embeddings
        x = e["word_embeddings"](ids) + e["position_embeddings"](torch.arange(ids.shape[1])) + e["token_type_embeddings"](types)
        x = e["LayerNorm"](x)
        bias = (mask[:, None, None, :] - 1) * 1e4
        for layer in self.encoder["layer"]:
            x = layer(x, bias)
        return x


class Embedder(nn.Module):
    """Mean over all tokens, special ones included, scaled to length 1."""

    def __init__(self, vocab_size):
        super().__init__()
        self.bert = Bert(vocab_size)

    def forward(self, ids, types, mask):
        h = self.bert(ids, types, mask)
        return F.normalize((h * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True), dim=1)


class Scorer(nn.Module):
    """BertForSequenceClassification: the first hidden state through the pooler to scores."""

    def __init__(self, vocab_size, scores):
        super().__init__()
        self.bert = Bert(vocab_size)
        self.bert.pooler = nn.ModuleDict({"dense": nn.Linear(WIDTH, WIDTH)})
        self.classifier = nn.Linear(WIDTH, scores)

    def forward(self, ids, types, mask):
        h = self.bert(ids, types, mask)[:, 0]
        return self.classifier(torch.tanh(self.bert.pooler["dense"](h)))
