package dev.nightjar.server.load;

import java.util.Arrays;
import java.util.Optional;

/**
 * What became of a request. All times are nanoseconds from the begin of the run.
 *
 * @param dueNanos when it should have been sent; in a closed loop, when it was
 * @param sentNanos when it was sent
 * @param textNanos when each piece of text came, in order; for a vector, when it came
 * @param endNanos when it was over
 * @param numTokens generated tokens as the server counts them, or else the pieces; for a vector,
 *     those of its text
 * @param error what went wrong, as a kind
 */
public record RequestOutcome(
        long dueNanos,
        long sentNanos,
        long[] textNanos,
        long endNanos,
        int numTokens,
        Optional<String> error) {

    /** Copies the times. */
    public RequestOutcome {
        textNanos = textNanos.clone();
    }

    /** A copy of the times. */
    @Override
    public long[] textNanos() {
        return textNanos.clone();
    }

    /** Whether a whole answer came. */
    public boolean isComplete() {
        return error.isEmpty() && textNanos.length > 0;
    }

    /** From when it was due to its first text. */
    public double timeToFirstTokenMillis() {
        return (textNanos[0] - dueNanos) / 1e6;
    }

    /** From when it was due to its end. */
    public double endToEndMillis() {
        return (endNanos - dueNanos) / 1e6;
    }

    /** Between one piece of text and the next. */
    public double[] gapsMillis() {
        double[] gaps = new double[textNanos.length - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = (textNanos[i + 1] - textNanos[i]) / 1e6;
        }
        return gaps;
    }

    /** Mean time per token behind the first; 0 for a single one. */
    public double perTokenMillis() {
        long span = textNanos[textNanos.length - 1] - textNanos[0];
        return numTokens < 2 ? 0 : span / 1e6 / (numTokens - 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RequestOutcome that
                && dueNanos == that.dueNanos
                && sentNanos == that.sentNanos
                && endNanos == that.endNanos
                && numTokens == that.numTokens
                && error.equals(that.error)
                && Arrays.equals(textNanos, that.textNanos);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(textNanos) * 31 + Long.hashCode(dueNanos);
    }
}
