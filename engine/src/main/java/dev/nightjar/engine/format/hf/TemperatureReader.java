package dev.nightjar.engine.format.hf;

import dev.nightjar.engine.format.QueryTemperature;
import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.json.JsonFields;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads {@code llama_4_scaling_beta}, which stands among the rotary parameters: how much scores
 * grow with each further {@code original_max_position_embeddings}.
 */
public final class TemperatureReader {
    private static final String BETA = "llama_4_scaling_beta";
    private static final String LENGTH = "original_max_position_embeddings";

    private TemperatureReader() {}

    /**
     * The temperature of queries; none without the key or with 0.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if heads are rotated in part
     */
    public static Optional<QueryTemperature> read(
            HfConfig config, DecoderSizes sizes, RopeConfig rope) {
        Optional<JsonFields> parameters =
                config.fields()
                        .optionalFields("rope_parameters")
                        .or(() -> config.fields().optionalFields("rope_scaling"));
        OptionalDouble beta =
                parameters.map(keys -> keys.optionalNumber(BETA)).orElse(OptionalDouble.empty());
        if (beta.isEmpty() || beta.getAsDouble() == 0) {
            return Optional.empty();
        }
        if (rope.rotaryDim() != sizes.headDim()) {
            throw parameters
                    .get()
                    .error(
                            BETA,
                            "expected heads that are rotated as a whole, found %d of %d dimensions"
                                    .formatted(rope.rotaryDim(), sizes.headDim()));
        }
        int length = parameters.get().size(LENGTH, HfConfig.MAX_SIZE);
        return Optional.of(new QueryTemperature(beta.getAsDouble(), length));
    }
}
