package dev.nightjar.engine.format.gguf;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The keys of one architecture, {@code A.suffix}, with the range checks they have in common. */
final class GgufKeys {
    private final GgufMetadata metadata;
    private final String architecture;

    GgufKeys(GgufFile file, String architecture) {
        this.metadata = file.metadata();
        this.architecture = architecture;
    }

    GgufMetadata metadata() {
        return metadata;
    }

    String name(String suffix) {
        return architecture + "." + suffix;
    }

    boolean contains(String suffix) {
        return metadata.contains(name(suffix));
    }

    /** An integer from 1 to {@code max}. */
    int size(String suffix, int max) {
        return requireSize(suffix, metadata.longValue(name(suffix)), max);
    }

    /** An integer from 1 to {@code max}, or empty if the key is absent. */
    OptionalInt optionalSize(String suffix, int max) {
        return contains(suffix) ? OptionalInt.of(size(suffix, max)) : OptionalInt.empty();
    }

    /** An integer from 0 to {@code max}, 0 if the key is absent. */
    int optionalCount(String suffix, int max) {
        if (!contains(suffix)) {
            return 0;
        }
        long value = metadata.longValue(name(suffix));
        if (value < 0 || value > max) {
            throw error(suffix, "expected 0 to %d, found %d".formatted(max, value));
        }
        return (int) value;
    }

    /** A finite number; {@code absent} if there is none. */
    double number(String suffix, double absent) {
        double value = metadata.optionalDouble(name(suffix)).orElse(absent);
        if (!Double.isFinite(value)) {
            throw error(suffix, "expected a finite number, found " + value);
        }
        return value;
    }

    /** A truth value; false if the key is absent. */
    boolean flag(String suffix) {
        return contains(suffix) && metadata.bool(name(suffix));
    }

    /** As {@link #size}; the file may also store one value for each layer, all the same. */
    int layerSize(String suffix, int numLayers, int max) {
        if (metadata.arrayLength(name(suffix)).isEmpty()) {
            return size(suffix, max);
        }
        int[] values = metadata.ints(name(suffix));
        if (values.length != numLayers) {
            throw error(
                    suffix,
                    "expected one value for each of %d layers, found %d"
                            .formatted(numLayers, values.length));
        }
        for (int value : values) {
            if (value != values[0]) {
                throw error(
                        suffix,
                        "expected the same value for all layers, found %d and %d"
                                .formatted(values[0], value));
            }
        }
        return requireSize(suffix, values[0], max);
    }

    /** A finite number above 0. */
    double positive(String suffix) {
        return requirePositive(suffix, metadata.doubleValue(name(suffix)));
    }

    /** A finite number above 0, or empty if the key is absent. */
    OptionalDouble optionalPositive(String suffix) {
        return contains(suffix) ? OptionalDouble.of(positive(suffix)) : OptionalDouble.empty();
    }

    /** An error about a key that is present. */
    GgufFormatException error(String suffix, String problem) {
        return metadata.error(name(suffix), problem);
    }

    private int requireSize(String suffix, long value, int max) {
        if (value < 1 || value > max) {
            throw error(suffix, "expected 1 to %d, found %d".formatted(max, value));
        }
        return (int) value;
    }

    private double requirePositive(String suffix, double value) {
        if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
            throw error(suffix, "expected a finite number above 0, found " + value);
        }
        return value;
    }
}
