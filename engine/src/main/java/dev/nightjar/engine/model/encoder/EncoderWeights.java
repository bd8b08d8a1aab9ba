package dev.nightjar.engine.model.encoder;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.ScoreHead;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.LayerNorm;
import dev.nightjar.engine.nn.Linear;
import dev.nightjar.engine.nn.Norm;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prepares the weights of an encoder by their names. */
final class EncoderWeights {

    private final Backend backend;
    private final EncoderConfig config;
    private final WeightMap weights;

    EncoderWeights(Backend backend, EncoderConfig config, WeightMap weights) {
        this.backend = backend;
        this.config = config;
        this.weights = weights;
    }

    Weight embedding(String name, int rows) {
        return backend.prepare(
                WeightUse.EMBEDDING,
                List.of(weights.matrix(name + ".weight", rows, config.hiddenSize())));
    }

    /** A table that an encoder need not have. */
    Optional<Weight> optionalEmbedding(String name, int rows) {
        return rows == 0 ? Optional.empty() : Optional.of(embedding(name, rows));
    }

    LayerNorm norm(WeightMap w, String name) {
        int C = config.hiddenSize();
        return new LayerNorm(
                backend,
                w.vector(name + ".weight", C),
                w.optionalVector(name + ".bias", C),
                (float) config.normEps());
    }

    /** The norm behind all layers. */
    Optional<Norm> lastNorm() {
        return config.isPreNorm() ? Optional.of(norm(weights, "output_norm")) : Optional.empty();
    }

    List<EncoderLayer> layers() {
        AttentionForms forms = new AttentionForms(backend, config, weights);
        List<EncoderLayer> layers = new ArrayList<>(config.numLayers());
        for (int i = 0; i < config.numLayers(); i++) {
            WeightMap w = weights.sub("blk." + i);
            layers.add(config.isPreNorm() ? preNorm(w, forms, i) : postNorm(w, forms, i));
        }
        return layers;
    }

    private EncoderLayer postNorm(WeightMap w, AttentionForms forms, int layer) {
        return new PostNormLayer(
                attention(w, forms.of(layer)),
                norm(w, "attn_output_norm"),
                feedForward(w),
                norm(w, "layer_output_norm"));
    }

    private EncoderLayer preNorm(WeightMap w, AttentionForms forms, int layer) {
        return new PreNormLayer(
                backend,
                layer == 0 ? Optional.empty() : Optional.of(norm(w, "attn_norm")),
                attention(w, forms.of(layer)),
                norm(w, "ffn_norm"),
                feedForward(w));
    }

    private EncoderAttention attention(WeightMap w, EncoderAttention.Form form) {
        int C = config.hiddenSize();
        return new EncoderAttention(backend, form, qkv(w), linear(part(w, "attn_output", C, C)));
    }

    private EncoderFeedForward feedForward(WeightMap w) {
        int C = config.hiddenSize();
        int F = config.intermediateSize();
        Linear.Part up = part(w, "ffn_up", F, C);
        return new EncoderFeedForward(
                backend,
                config.isGated(),
                config.activation(),
                config.isGated() ? linear(part(w, "ffn_gate", F, C), up) : linear(up),
                linear(part(w, "ffn_down", C, F)));
    }

    private Linear qkv(WeightMap w) {
        int C = config.hiddenSize();
        return w.contains("attn_qkv.weight")
                ? linear(part(w, "attn_qkv", 3 * C, C))
                : linear(part(w, "attn_q", C, C), part(w, "attn_k", C, C), part(w, "attn_v", C, C));
    }

    /** The head of a classifier, if the configuration has one. */
    Optional<ClassifierHead> head() {
        if (config.pooling() != Pooling.RANK) {
            return Optional.empty();
        }
        int C = config.hiddenSize();
        ScoreHead head = config.head();
        return Optional.of(
                new ClassifierHead(
                        backend,
                        linear(part(weights, "cls", C, C)),
                        head.activation(),
                        head.hasNorm() ? Optional.of(norm(weights, "cls.norm")) : Optional.empty(),
                        linear(part(weights, "cls.output", config.numScores(), C))));
    }

    private Linear linear(Linear.Part... parts) {
        return Linear.of(backend, List.of(parts));
    }

    private static Linear.Part part(WeightMap w, String name, int out, int in) {
        return new Linear.Part(
                w.matrix(name + ".weight", out, in),
                w.optionalVector(name + ".scale", 1),
                w.optionalVector(name + ".bias", out));
    }
}
