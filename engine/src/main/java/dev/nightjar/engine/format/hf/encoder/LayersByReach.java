package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.EncoderConfigBuilder;
import dev.nightjar.engine.format.LocalAttention;
import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.Requirements;
import dev.nightjar.engine.format.hf.RopeReader;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonValue.JsonNull;
import dev.nightjar.kernels.backend.RopeStyle;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads which layers of ModernBERT see everything and which only what is near, and the rotations of
 * both: {@code layer_types}, else every {@code global_attn_every_n_layers}-th layer from the first
 * on sees everything; {@code local_attention} counts the tokens of both sides together; bases are
 * {@code global_rope_theta} and {@code local_rope_theta}, or stand in {@code rope_parameters}.
 */
final class LayersByReach {

    private static final String LAYERS = "layer_types";
    private static final String GLOBAL = "full_attention";
    private static final String LOCAL = "sliding_attention";
    private static final String LOCAL_THETA = "local_rope_theta";
    private static final String WINDOW = "local_attention";

    private final HfConfig config;
    private final EncoderConfig sizes;

    LayersByReach(HfConfig config, EncoderConfig sizes) {
        this.config = config;
        this.sizes = sizes;
    }

    EncoderConfigBuilder addTo(EncoderConfigBuilder builder) {
        Requirements.absent(config, "rope_scaling");
        Optional<JsonFields> nested = config.fields().optionalFields("rope_parameters");
        double globalTheta = config.positive(160_000, "global_rope_theta");
        double localTheta = config.positive(isLocalNull() ? globalTheta : 10_000, LOCAL_THETA);
        builder.rope(rope(nested, GLOBAL, globalTheta));
        RopeConfig localRope = rope(nested, LOCAL, localTheta);
        int tokens = config.optionalSize(HfConfig.MAX_SIZE, WINDOW).orElse(128);
        if (tokens < 2) {
            throw config.fields().error(WINDOW, "expected 2 or more, found " + tokens);
        }
        return builder.localAttention(new LocalAttention(tokens / 2, layers(), localRope));
    }

    /** Stated to be null it is that of the other layers; absent it has a default of its own. */
    private boolean isLocalNull() {
        return config.fields().object().members().get(LOCAL_THETA) == JsonNull.NULL;
    }

    private RopeConfig rope(Optional<JsonFields> nested, String type, double theta) {
        Optional<JsonFields> own = nested.flatMap(parameters -> parameters.optionalFields(type));
        return RopeReader.of(
                        config,
                        own,
                        RopeStyle.HALF_SPLIT,
                        sizes.headDim(),
                        sizes.maxPositions(),
                        theta)
                .rope();
    }

    private List<Boolean> layers() {
        int every =
                config.optionalSize(HfConfig.MAX_LAYERS, "global_attn_every_n_layers").orElse(3);
        Optional<List<String>> stated = config.fields().optionalTexts(LAYERS);
        if (stated.isEmpty()) {
            return IntStream.range(0, sizes.numLayers()).mapToObj(i -> i % every != 0).toList();
        }
        if (stated.get().size() != sizes.numLayers()) {
            throw config.fields()
                    .error(
                            LAYERS,
                            "expected one for each of %d layers, found %d"
                                    .formatted(sizes.numLayers(), stated.get().size()));
        }
        return stated.get().stream().map(this::isLocal).toList();
    }

    private boolean isLocal(String type) {
        if (!type.equals(GLOBAL) && !type.equals(LOCAL)) {
            throw config.fields()
                    .error(
                            LAYERS,
                            "expected %s or %s, found \"%s\"".formatted(GLOBAL, LOCAL, type));
        }
        return type.equals(LOCAL);
    }
}
