package dev.nightjar.server.cli.encode;

import java.util.Locale;

/**
 * What a computation took.
 *
 * @param inputs texts
 * @param tokens of all texts, special ones included
 */
record Cost(int inputs, long tokens, long nanos) {

    private static final double NANOS_PER_SECOND = 1e9;

    /** One line for people. */
    String line() {
        double seconds = nanos / NANOS_PER_SECOND;
        return String.format(
                Locale.ROOT,
                "%d %s, %d tokens in %.3f s at %.1f tokens/s",
                inputs,
                inputs == 1 ? "text" : "texts",
                tokens,
                seconds,
                tokens / Math.max(seconds, 1 / NANOS_PER_SECOND));
    }
}
