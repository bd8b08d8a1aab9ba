package dev.nightjar.server.bench;

import dev.nightjar.engine.request.Usage;
import java.util.List;

/**
 * When a sequence generated: from its first token on, which the prefill gives, to its last.
 *
 * @param firstNanos when the first token was there
 * @param lastNanos when the last one was
 * @param numTokens generated in between
 */
record DecodeWindow(long firstNanos, long lastNanos, int numTokens) {

    /** The window of a sequence that was submitted then. */
    static DecodeWindow of(long submittedNanos, Usage usage) {
        long first = submittedNanos + usage.timeToFirstTokenNanos();
        return new DecodeWindow(first, first + usage.decodeNanos(), usage.completionTokens() - 1);
    }

    /**
     * Tokens per second of all sequences while all of them generate. Sequences that step together
     * have one window; of others, the part in the common window counts.
     */
    static double tokensPerSecond(List<DecodeWindow> windows) {
        long from = windows.stream().mapToLong(DecodeWindow::firstNanos).max().orElseThrow();
        long to = windows.stream().mapToLong(DecodeWindow::lastNanos).min().orElseThrow();
        if (to <= from) {
            throw new IllegalStateException(
                    "the sequences did not run at the same time; give --kv-memory room for all");
        }
        double tokens = 0;
        for (DecodeWindow window : windows) {
            double share = (double) (to - from) / (window.lastNanos - window.firstNanos);
            tokens += window.numTokens * share;
        }
        return tokens * 1e9 / (to - from);
    }
}
