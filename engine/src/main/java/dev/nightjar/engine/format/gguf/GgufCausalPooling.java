package dev.nightjar.engine.format.gguf;

import dev.nightjar.engine.format.Pooling;
import java.util.Optional;

/**
 * The key {@code A.pooling_type} of a decoder: 1 mean, 2 cls, 3 last, 4 a judge of pairs. Files of
 * models that generate text have none, or 0.
 */
public final class GgufCausalPooling {

    private static final String KEY = "pooling_type";
    private static final int LARGEST = 4;

    private GgufCausalPooling() {}

    /** What it says; a judge is {@link Pooling#RANK}. */
    public static Optional<Pooling> read(GgufFile file) {
        GgufKeys keys = new GgufKeys(file, GgufModelConfig.architecture(file));
        int code = keys.optionalCount(KEY, LARGEST);
        return code == 0 ? Optional.empty() : Optional.of(Pooling.values()[code - 1]);
    }
}
