package dev.nightjar.engine.model;

import dev.nightjar.engine.format.HostVector;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Block;
import dev.nightjar.engine.nn.FeedForward;
import dev.nightjar.engine.nn.Linear;
import dev.nightjar.engine.nn.Mlp;
import dev.nightjar.kernels.backend.Backend;
import java.util.Optional;

/** Mistral Small 3 and Ministral 3: blocks as in Llama, positions stretched by YaRN. */
public final class Mistral3Model {

    private Mistral3Model() {}

    /** See {@link ModelFactory#create}. */
    public static CausalLm create(
            Backend backend, ModelConfig config, WeightMap weights, StepLimits limits) {
        DecoderBuilder builder = new DecoderBuilder(backend, config, weights, limits);
        return builder.build(i -> block(builder, i), builder.rmsNorm(weights, "output_norm"));
    }

    private static Block block(DecoderBuilder builder, int i) {
        return builder.rmsPreNorm(i, builder.attention(i), mlp(builder, i));
    }

    /** Here the scale of a feed-forward weight also multiplies its bias. */
    private static Mlp mlp(DecoderBuilder builder, int i) {
        WeightMap w = builder.layer(i);
        ModelConfig config = builder.config();
        int C = config.hiddenSize();
        int F = config.intermediateSize();
        Linear gateUp =
                builder.linear(
                        scaled(builder, w, "ffn_gate", F, C), scaled(builder, w, "ffn_up", F, C));
        Linear down = builder.linear(scaled(builder, w, "ffn_down", C, F));
        return new FeedForward(builder.backend(), config.activation(), gateUp, down, F);
    }

    private static Linear.Part scaled(
            DecoderBuilder builder, WeightMap w, String name, int out, int in) {
        Linear.Part part = builder.part(w, name, out, in);
        if (part.scale().isEmpty() || part.bias().isEmpty()) {
            return part;
        }
        float factor = HostVector.floats(part.scale().get())[0];
        float[] bias = HostVector.floats(part.bias().get());
        for (int i = 0; i < bias.length; i++) {
            bias[i] *= factor;
        }
        return new Linear.Part(part.weight(), part.scale(), Optional.of(HostVector.tensor(bias)));
    }
}
