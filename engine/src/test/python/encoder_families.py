"""The families of text encoders, each with the mistakes that only it invites; see encoder_reference."""

import math

import numpy as np

from encoder_reference import Encoder, gelu


class BertAlike(Encoder):
    """Names of BERT and RoBERTa."""

    def norm_names(self, layer):
        block = f"encoder.layer.{layer}."
        return block + "attention.output.LayerNorm", block + "output.LayerNorm"

    def projections(self, layer):
        block = f"encoder.layer.{layer}.attention."
        return [block + "self." + part for part in ("query", "key", "value")], block + "output.dense"

    def feed_forward_names(self, layer):
        block = f"encoder.layer.{layer}."
        return block + "intermediate.dense", block + "output.dense"

    def attention(self, x, layer, sees):
        names, out = self.projections(layer)
        q, k, v = (self.heads(self.linear(x, name)) for name in names)
        return self.linear(self.attend(q, k, v, layer, sees), out)

    def feed_forward(self, x, layer):
        up, down = self.feed_forward_names(layer)
        return self.linear(self.activation(self.linear(x, up)), down)


class Bert(BertAlike):

    def head(self, x):
        pooled = x[0]
        if not self.wrong("no pooler"):
            pooled = self.linear(pooled, "pooler.dense")
            pooled = pooled if self.wrong("no tanh") else np.tanh(pooled)
        return self.linear(pooled, "classifier")


class Roberta(BertAlike):
    other_eps = 1e-12

    def __init__(self, config, weights, mistake=""):
        super().__init__(config, weights, mistake)
        self.offset = config["pad_token_id"] + 1

    def head(self, x):
        if self.wrong("pooler before the head"):
            x = np.tanh(self.linear(x, "pooler.dense"))
        dense = self.linear(x[0], "classifier.dense")
        dense = dense if self.wrong("no tanh") else np.tanh(dense)
        return self.linear(dense, "classifier.out_proj")


class DistilBert(BertAlike):

    def right_eps(self):
        return 1e-12

    def num_heads(self):
        return self.config["n_heads"]

    def num_layers(self):
        return self.config["n_layers"]

    def norm_names(self, layer):
        block = f"transformer.layer.{layer}."
        return block + "sa_layer_norm", block + "output_layer_norm"

    def projections(self, layer):
        block = f"transformer.layer.{layer}.attention."
        return [block + part + "_lin" for part in "qkv"], block + "out_lin"

    def feed_forward_names(self, layer):
        block = f"transformer.layer.{layer}.ffn."
        return block + "lin1", block + "lin2"

    def head(self, x):
        dense = self.linear(x[0], "pre_classifier")
        if self.wrong("tanh instead of relu"):
            dense = np.tanh(dense)
        elif not self.wrong("no relu"):
            dense = np.maximum(dense, 0)
        return self.linear(dense, "classifier")


class Mpnet(Roberta):
    buckets = 32

    def __init__(self, config, weights, mistake=""):
        super().__init__(config, weights, mistake)
        self.offset = 2

    def norm_names(self, layer):
        block = f"encoder.layer.{layer}."
        return block + "attention.LayerNorm", block + "output.LayerNorm"

    def projections(self, layer):
        block = f"encoder.layer.{layer}.attention.attn."
        return [block + part for part in "qkv"], block + "o"

    def biased(self, scores, layer, dim):
        if self.wrong("no biases") or (self.wrong("biases in the first layer only") and layer):
            return scores
        rows = np.arange(scores.shape[1])
        distance = rows[None, :] - rows[:, None]
        if self.wrong("query less key"):
            distance = -distance
        table = self.weights["encoder.relative_attention_bias.weight"]
        bias = table[self.bucket(distance)].transpose(2, 0, 1)
        return scores + (bias / math.sqrt(dim) if self.wrong("biases scaled") else bias)

    def bucket(self, distance):
        """Single precision, as torch has it."""
        most = 64 if self.wrong("distance up to 64") else 128
        if self.wrong("buckets of one side"):
            half, base = self.buckets, 0
            size = np.maximum(-distance, 0)
        else:
            half = self.buckets // 2
            base = np.where(distance > 0, half, 0)
            size = np.abs(distance)
        exact = half // 2
        if self.wrong("buckets of one distance each"):
            return base + np.minimum(size, half - 1)
        grown = np.log(np.maximum(size, 1).astype(np.float32) / np.float32(exact))
        large = grown / np.float32(math.log(most / exact)) * np.float32(half - exact)
        large = np.minimum(exact + large.astype(int), half - 1)
        return base + np.where(size < exact, size, large)


class ModernBert(Encoder):
    embedding_norm = "embeddings.norm"
    other_eps = 1e-12

    def right_eps(self):
        return self.config["norm_eps"]

    def embed(self, ids, types, positions):
        self.positions = positions
        return self.weights["embeddings.tok_embeddings.weight"][ids]

    def is_global(self, layer):
        every = self.config["global_attn_every_n_layers"]
        if self.wrong("last of each group global"):
            return layer % every == every - 1
        if self.wrong("all layers global") or self.wrong("all layers local"):
            return self.wrong("all layers global")
        return (layer % every == 0) != self.wrong("global and local swapped")

    def window(self, T, layer):
        if self.is_global(layer):
            return super().window(T, layer)
        reach = self.config["local_attention"] // 2
        wrong = {"window of both sides on each": 2 * reach, "window without its end": reach - 1}
        distance = np.arange(T)[None, :] - np.arange(T)[:, None]
        near = np.abs(distance) <= wrong.get(self.mistake, reach)
        return near & (distance <= 0) if self.wrong("window before only") else near

    def theta(self, layer):
        bases = [self.config["local_rope_theta"], self.config["global_rope_theta"]]
        if self.wrong("one base for all layers"):
            return bases[1]
        # The base follows the kind of layer, also where only the bases are exchanged.
        return bases[self.is_global(layer) != self.wrong("bases swapped")]

    def rotate(self, x, layer):
        """x is [T, H, D]; element i of the first half of a head turns with i of the second."""
        half = x.shape[2] // 2
        angle = self.positions[:, None, None] * self.theta(layer) ** (-np.arange(half) / half)
        cos, sin = np.cos(angle), np.sin(angle)
        if self.wrong("no rotation"):
            return x
        if self.wrong("adjacent pairs rotated"):
            a, b = x[..., 0::2], x[..., 1::2]
            turned = np.stack((a * cos - b * sin, a * sin + b * cos), -1)
            return turned.reshape(x.shape)
        a, b = x[..., :half], x[..., half:]
        return np.concatenate((a * cos - b * sin, a * sin + b * cos), -1)

    def attention(self, x, layer, sees):
        fused = self.linear(x, f"layers.{layer}.attn.Wqkv")
        if self.wrong("query, key and value per head"):
            q, k, v = fused.reshape(len(x), self.num_heads(), 3, -1).transpose(2, 0, 1, 3)
        else:
            q, k, v = (self.heads(part) for part in np.split(fused, 3, -1))
        q, k = self.rotate(q, layer), self.rotate(k, layer)
        return self.linear(self.attend(q, k, v, layer, sees), f"layers.{layer}.attn.Wo")

    def feed_forward(self, x, layer):
        first, second = np.split(self.linear(x, f"layers.{layer}.mlp.Wi"), 2, -1)
        if self.wrong("input and gate swapped"):
            first, second = second, first
        return self.linear(self.activation(first) * second, f"layers.{layer}.mlp.Wo")

    def block(self, x, layer, sees):
        attention, feed_forward = (f"layers.{layer}.{part}_norm" for part in ("attn", "mlp"))
        if self.wrong("norms behind branches"):
            x = self.norm(x + self.attention(x, layer, sees), attention)
            return self.norm(x + self.feed_forward(x, layer), feed_forward)
        has_norm = layer > 0 or self.wrong("norm in the first layer")
        x = x + self.attention(self.norm(x, attention) if has_norm else x, layer, sees)
        return x + self.feed_forward(self.norm(x, feed_forward), layer)

    def states(self, ids, types, positions, sees):
        x = super().states(ids, types, positions, sees)
        return x if self.wrong("no last norm") else self.norm(x, "final_norm")

    def head(self, x):
        is_first = (self.config["classifier_pooling"] == "cls") != self.wrong("other pooling")
        pooled = self.linear(x[0] if is_first else x.mean(0), "head.dense")
        if self.wrong("norm before the activation"):
            return self.linear(gelu(self.norm(pooled, "head.norm")), "classifier")
        if not self.wrong("no activation"):
            pooled = np.tanh(pooled) if self.wrong("tanh") else self.activation(pooled)
        pooled = pooled if self.wrong("no norm") else self.norm(pooled, "head.norm")
        return self.linear(pooled, "classifier")


FAMILIES = {
    "bert": Bert,
    "roberta": Roberta,
    "xlm-roberta": Roberta,
    "distilbert": DistilBert,
    "mpnet": Mpnet,
    "modernbert": ModernBert,
}
