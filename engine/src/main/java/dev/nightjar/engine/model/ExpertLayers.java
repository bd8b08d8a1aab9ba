package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ExpertsConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.FeedForward;
import dev.nightjar.engine.nn.Linear;
import dev.nightjar.engine.nn.MixtureOfExperts;
import dev.nightjar.engine.nn.MixtureOfExperts.ExpertProjection;
import dev.nightjar.engine.nn.MixtureOfExperts.ExpertProjection.Part;
import dev.nightjar.engine.nn.MixtureOfExperts.Gate;
import dev.nightjar.engine.nn.MixtureOfExperts.Router;
import dev.nightjar.engine.nn.MixtureOfExperts.SharedExpert;
import dev.nightjar.engine.nn.Mlp;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads the mixture of experts of one block from its usual GGUF names. */
final class ExpertLayers {

    private final DecoderBuilder builder;
    private final ExpertsConfig config;
    private final WeightMap w;
    private final int numExperts;
    private final int hiddenSize;

    private ExpertLayers(DecoderBuilder builder, WeightMap w) {
        this.builder = builder;
        this.w = w;
        config = builder.config().experts().orElseThrow();
        numExperts = config.routing().numExperts();
        hiddenSize = builder.config().hiddenSize();
    }

    /** The feed-forward of block {@code i}: dense where the configuration has no experts there. */
    static Mlp mlp(DecoderBuilder builder, int i) {
        WeightMap w = builder.layer(i);
        int firstSparse =
                builder.config()
                        .experts()
                        .map(ExpertsConfig::leadingDenseLayers)
                        .orElse(Integer.MAX_VALUE);
        return i < firstSparse ? builder.gatedFeedForward(w) : mixture(builder, w);
    }

    /** A mixture whose experts are gated with the configuration's activation. */
    static Mlp mixture(DecoderBuilder builder, WeightMap w) {
        return mixture(
                builder,
                w,
                (gateUp, n, out) ->
                        builder.backend()
                                .activateMultiply(builder.config().activation(), gateUp, n, out));
    }

    /** A mixture with a gate of its own. */
    static Mlp mixture(DecoderBuilder builder, WeightMap w, Gate gate) {
        ExpertLayers layers = new ExpertLayers(builder, w);
        return new MixtureOfExperts(
                builder.backend(),
                layers.config.routing(),
                layers.router(),
                layers.gateUp(),
                layers.down(),
                gate,
                layers.shared());
    }

    private Router router() {
        Optional<Weight> selectionBias =
                w.optionalVector("exp_probs_b.bias", numExperts).map(builder::vector);
        return new Router(
                builder.linear(builder.part(w, "ffn_gate_inp", numExperts, hiddenSize)),
                selectionBias);
    }

    private ExpertProjection gateUp() {
        int F = config.expertSize();
        if (w.contains("ffn_gate_up_exps.weight")) {
            return projection(
                    List.of(w.experts("ffn_gate_up_exps.weight", numExperts, 2L * F, hiddenSize)),
                    List.of(part("ffn_gate_up_exps", 0, 2 * F)));
        }
        return projection(
                List.of(
                        w.experts("ffn_gate_exps.weight", numExperts, F, hiddenSize),
                        w.experts("ffn_up_exps.weight", numExperts, F, hiddenSize)),
                List.of(part("ffn_gate_exps", 0, F), part("ffn_up_exps", F, F)));
    }

    private ExpertProjection down() {
        return projection(
                List.of(
                        w.experts(
                                "ffn_down_exps.weight",
                                numExperts,
                                hiddenSize,
                                config.expertSize())),
                List.of(part("ffn_down_exps", 0, hiddenSize)));
    }

    /** Regroups tensors by part into tensors by expert. */
    private ExpertProjection projection(List<List<Tensor>> byPart, List<Optional<Part>> biases) {
        List<List<Tensor>> byExpert =
                IntStream.range(0, numExperts)
                        .mapToObj(e -> byPart.stream().map(part -> part.get(e)).toList())
                        .toList();
        List<Part> parts = biases.stream().flatMap(Optional::stream).toList();
        return new ExpertProjection(builder.experts(byExpert), parts);
    }

    /** The biases of a part, if the checkpoint has some. */
    private Optional<Part> part(String name, int from, int count) {
        w.ignore(name + ".input_scale");
        w.ignore(name + ".scale");
        return w.optionalMatrix(name + ".bias", numExperts, count)
                .map(table -> builder.backend().prepare(WeightUse.EMBEDDING, List.of(table)))
                .map(biases -> new Part(from, count, biases));
    }

    private Optional<SharedExpert> shared() {
        int F = config.sharedSize();
        if (F == 0) {
            return Optional.empty();
        }
        Linear gateUp =
                builder.linear(
                        builder.unscaled(w, "ffn_gate_shexp", F, hiddenSize),
                        builder.unscaled(w, "ffn_up_shexp", F, hiddenSize));
        Linear down = builder.linear(builder.unscaled(w, "ffn_down_shexp", hiddenSize, F));
        Mlp mlp =
                new FeedForward(builder.backend(), builder.config().activation(), gateUp, down, F);
        Optional<Linear> gate =
                w.optionalVector("ffn_gate_inp_shexp.weight", hiddenSize)
                        .map(vector -> builder.linear(Linear.Part.of(vector.rows(0, 1))));
        return Optional.of(new SharedExpert(mlp, gate));
    }
}
