package dev.nightjar.engine.format.gguf;

import dev.nightjar.engine.format.QueryTemperature;
import dev.nightjar.engine.format.RopeConfig;
import java.util.Optional;

/**
 * Maps {@code attention.temperature_scale} and {@code temperature_length} to a {@link
 * QueryTemperature}; none if the former is absent or 0. Without the latter the length is the
 * context of pre-training.
 */
final class GgufTemperature {

    private static final int MAX_LENGTH = 1 << 24;
    private static final String SCALE = "attention.temperature_scale";

    private GgufTemperature() {}

    /** Reads the temperature of a model with heads of {@code headDim} dimensions. */
    static Optional<QueryTemperature> read(
            GgufKeys keys, int headDim, RopeConfig rope, int maxPositions) {
        double scale = keys.number(SCALE, 0);
        if (scale == 0) {
            return Optional.empty();
        }
        if (rope.rotaryDim() != headDim) {
            throw keys.error(
                    SCALE,
                    "expected heads that are rotated as a whole, found %d of %d dimensions; queries"
                                    .formatted(rope.rotaryDim(), headDim)
                            + " of such heads cannot have a temperature here");
        }
        int original =
                keys.optionalSize(GgufRopeConfig.ORIGINAL_CONTEXT, MAX_LENGTH).orElse(maxPositions);
        int length = keys.optionalCount("attention.temperature_length", MAX_LENGTH);
        return Optional.of(new QueryTemperature(scale, length == 0 ? original : length));
    }
}
