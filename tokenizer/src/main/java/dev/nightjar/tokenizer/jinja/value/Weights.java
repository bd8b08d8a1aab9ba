package dev.nightjar.tokenizer.jinja.value;

import java.util.Collection;

/** The bounds of containers. */
final class Weights {
    private static final long MAX_WEIGHT = 4_000_000;
    private static final int MAX_DEPTH = 100;

    private Weights() {}

    /**
     * The weight of a container with these parts.
     *
     * @throws JinjaException if it is too large
     */
    static long weight(Collection<Value> parts) {
        long weight = 1;
        for (Value part : parts) {
            weight += part.weight();
        }
        if (weight > MAX_WEIGHT) {
            throw JinjaException.limit(
                    "a list or dict may hold at most %d values".formatted(MAX_WEIGHT));
        }
        return weight;
    }

    /**
     * The depth of a container with these parts.
     *
     * @throws JinjaException if it is too deep
     */
    static int depth(Collection<Value> parts) {
        int depth = 0;
        for (Value part : parts) {
            depth = Math.max(depth, part.depth());
        }
        if (depth >= MAX_DEPTH) {
            throw JinjaException.limit(
                    "lists and dicts may be nested at most %d deep".formatted(MAX_DEPTH));
        }
        return depth + 1;
    }
}
