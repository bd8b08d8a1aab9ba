"""Text encoders in plain numpy float64, each with switches that make one known mistake.

Weights have the names of model folders. A mistake is named by a word; the functions below ask
`self.wrong("word")` where they could go wrong in that way.
"""

import math

import numpy as np

ERF = np.vectorize(math.erf)
PAD_TOKENS = 5


def gelu(x):
    return x * 0.5 * (1 + ERF(x / math.sqrt(2)))


def gelu_tanh(x):
    return x * 0.5 * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def softmax(x):
    weights = np.exp(x - x.max(-1, keepdims=True))
    return weights / weights.sum(-1, keepdims=True)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class Encoder:
    """What all families have in common; a family says where its weights are and what is special."""

    embedding_norm = "embeddings.LayerNorm"
    offset = 0
    other_eps = 1e-5

    def __init__(self, config, weights, mistake=""):
        self.config = config
        self.weights = weights
        self.mistake = mistake
        self.eps = self.other_eps if mistake == "eps" else self.right_eps()

    def right_eps(self):
        return self.config["layer_norm_eps"]

    def wrong(self, mistake):
        return self.mistake == mistake

    def norm(self, x, name):
        centered = x if self.wrong("norm not centered") else x - x.mean(-1, keepdims=True)
        scaled = centered / np.sqrt((centered**2).mean(-1, keepdims=True) + self.eps)
        scaled = scaled * self.weights.get(name + ".weight", 1)
        bias = self.weights.get(name + ".bias", 0)
        return scaled if self.wrong("no bias in norms") else scaled + bias

    def linear(self, x, name):
        bias = self.weights.get(name + ".bias", 0)
        y = x @ self.weights[name + ".weight"].T
        return y if self.wrong("no bias in projections") else y + bias

    def activation(self, x):
        return gelu_tanh(x) if self.wrong("gelu tanh") else gelu(x)

    def heads(self, x):
        """[T, C] as [T, H, D]."""
        count = self.num_heads()
        if self.wrong("heads interleaved"):
            return x.reshape(len(x), -1, count).swapaxes(1, 2)
        return x.reshape(len(x), count, -1)

    def attend(self, q, k, v, layer, sees):
        """q, k and v are [T, H, D]; sees [T, T] says which row sees which."""
        scores = np.einsum("ihd,jhd->hij", q, k)
        if not self.wrong("scores not scaled"):
            scale = q.shape[1] * q.shape[2] if self.wrong("scale of all heads") else q.shape[2]
            scores = scores / math.sqrt(scale)
        scores = self.biased(scores, layer, q.shape[2])
        scores = np.where(sees & self.window(len(q), layer), scores, -np.inf)
        mixed = np.einsum("hij,jhd->ihd", softmax(scores), v)
        if self.wrong("heads interleaved"):
            mixed = mixed.swapaxes(1, 2)
        return mixed.reshape(len(q), -1)

    def biased(self, scores, layer, dim):
        return scores

    def window(self, T, layer):
        return np.full((T, T), True)

    def block(self, x, layer, sees):
        """Norms behind the branches."""
        attention, feed_forward = self.norm_names(layer)
        if self.wrong("norms before branches"):
            x = x + self.attention(self.norm(x, attention), layer, sees)
            return x + self.feed_forward(self.norm(x, feed_forward), layer)
        x = self.norm(x + self.attention(x, layer, sees), attention)
        return self.norm(x + self.feed_forward(x, layer), feed_forward)

    def embed(self, ids, types, positions):
        x = self.weights["embeddings.word_embeddings.weight"][ids]
        table = self.weights["embeddings.position_embeddings.weight"]
        return x + table[positions + self.position_offset()] + self.type_embeddings(types)

    def position_offset(self):
        shifts = {"positions one less": -1, "positions one more": 1, "positions from 0": -self.offset}
        return self.offset + shifts.get(self.mistake, 0)

    def type_embeddings(self, types):
        table = self.weights.get("embeddings.token_type_embeddings.weight")
        if table is None or self.wrong("no token types"):
            return 0
        return table[np.zeros_like(types) if self.wrong("token types all 0") else types]

    def states(self, ids, types, positions, sees):
        x = self.embed(ids, types, positions)
        if not self.wrong("no norm of embeddings"):
            x = self.norm(x, self.embedding_norm)
        for layer in range(self.num_layers()):
            x = self.block(x, layer, sees)
        return x

    def num_heads(self):
        return self.config["num_attention_heads"]

    def num_layers(self):
        return self.config["num_hidden_layers"]

    def hidden(self, item, before):
        """Hidden states of an input; `before` is another one that stands before it in its batch."""
        ids, types = (np.array(item[key]) for key in ("ids", "types"))
        T = len(ids)
        if self.wrong("padding seen") or self.wrong("padding in the mean"):
            ids = np.concatenate((ids, [self.config["pad_token_id"]] * PAD_TOKENS))
            types = np.concatenate((types, [0] * PAD_TOKENS))
        positions = np.arange(len(ids))
        sees = np.full((len(ids), len(ids)), True)
        if self.wrong("padding in the mean"):
            sees[:T, T:] = False
            return self.states(ids, types, positions, sees)
        if self.wrong("positions run on"):
            positions = positions + len(before["ids"])
        if self.wrong("neighbours seen"):
            S = len(before["ids"])
            all_ids = np.concatenate((before["ids"], ids))
            all_types = np.concatenate((before["types"], types))
            all_positions = np.concatenate((np.arange(S), positions))
            all_see = np.full((S + T, S + T), True)
            return self.states(all_ids, all_types, all_positions, all_see)[S:]
        return self.states(ids, types, positions, sees)[:T]

    def vector(self, item, before):
        x = self.hidden(item, before)
        if self.wrong("first instead of mean"):
            return x[0]
        return x[-1] if self.wrong("last instead of mean") else x.mean(0)

    def scores(self, item, before):
        return self.head(self.hidden(item, before))
