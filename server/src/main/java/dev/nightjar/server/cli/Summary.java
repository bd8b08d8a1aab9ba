package dev.nightjar.server.cli;

import dev.nightjar.engine.request.Usage;
import java.util.Locale;

/** One line about what a generation cost. */
final class Summary {

    private static final double NANOS_PER_SECOND = 1e9;

    private Summary() {}

    static String of(Usage usage) {
        int computed = usage.promptTokens() - usage.cachedTokens();
        // The first completion token comes with the prefill.
        return String.format(
                Locale.ROOT,
                "prompt %d tokens (%d cached) at %s, generated %d tokens at %s, first after %.0f ms",
                usage.promptTokens(),
                usage.cachedTokens(),
                rate(computed, usage.prefillNanos()),
                usage.completionTokens(),
                rate(usage.completionTokens() - 1, usage.decodeNanos()),
                usage.timeToFirstTokenNanos() / 1e6);
    }

    private static String rate(int tokens, long nanos) {
        return tokens <= 0 || nanos <= 0
                ? "- tokens/s"
                : String.format(Locale.ROOT, "%.1f tokens/s", tokens * NANOS_PER_SECOND / nanos);
    }
}
