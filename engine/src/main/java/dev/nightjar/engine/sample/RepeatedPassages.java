package dev.nightjar.engine.sample;

import dev.nightjar.engine.request.DryParams;
import dev.nightjar.kernels.backend.SamplingBatch;
import java.util.Arrays;

/**
 * Finds the tokens that would continue a passage which stands in the history already, and what they
 * lose. Looks at the window anew for each token: the lengths of all repeated passages take one pass
 * (the Z algorithm on the reversed window), so a token costs O(window), and sorting what was found.
 */
final class RepeatedPassages {

    /** Beyond this exponent of e, a penalty means the same: never. */
    private static final double LARGEST_LOG = 80;

    private final DryParams params;
    private final TokenHistory history;
    private final int[] breakers;
    private int[] lengths = new int[0];
    private long[] found = new long[0];

    RepeatedPassages(DryParams params, TokenHistory history) {
        this.params = params;
        this.history = history;
        breakers = params.breakerTokens().stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    /** Appends an edit per token that would go on repeating to the batch's, from {@code at} on. */
    int fill(SamplingBatch batch, int at) {
        int size = params.window() < 0 ? history.size() : Math.min(params.window(), history.size());
        int longest = sinceBreaker(size);
        if (longest < params.allowedLength()) {
            return at;
        }
        int count = find(size, longest);
        batch.reserveEdits(at + count);
        Arrays.sort(found, 0, count);
        int end = at;
        for (int i = 0; i < count; i++) {
            int token = (int) (found[i] >> Integer.SIZE);
            // sorted by token, then by length: the last entry of a token has the longest passage
            if (i == count - 1 || token != (int) (found[i + 1] >> Integer.SIZE)) {
                batch.editToken[end] = token;
                batch.editValue[end++] = -penalty((int) found[i]);
            }
        }
        return end;
    }

    /** Tokens after the last breaker; no passage is longer. */
    private int sinceBreaker(int size) {
        int count = 0;
        while (count < size && Arrays.binarySearch(breakers, fromEnd(count)) < 0) {
            count++;
        }
        return count;
    }

    /** The token that many places before the last one. */
    private int fromEnd(int distance) {
        return history.token(history.size() - 1 - distance);
    }

    /**
     * Finds every place of the window at which a passage of the allowed length or more ends that
     * also ends the window; the token after it would continue that passage.
     *
     * <pre>
     *   ... a b c X ... a b c |        lengths[distance of the first c] = 3, found (X, 3)
     * </pre>
     */
    private int find(int size, int longest) {
        if (lengths.length < size) {
            int capacity = Math.max(64, 2 * size);
            lengths = new int[capacity];
            found = new long[capacity];
        }
        int count = 0;
        int start = 0; // [start, end) is the passage found before that reaches furthest back
        int end = 0;
        for (int i = 1; i < size; i++) {
            int length = i < end ? Math.min(end - i, lengths[i - start]) : 0;
            while (i + length < size && fromEnd(length) == fromEnd(i + length)) {
                length++;
            }
            lengths[i] = length;
            if (i + length > end) {
                start = i;
                end = i + length;
            }
            int counted = Math.min(length, longest);
            if (counted >= params.allowedLength()) {
                found[count++] = (long) fromEnd(i - 1) << Integer.SIZE | counted;
            }
        }
        return count;
    }

    private float penalty(int length) {
        double exponent = (length - params.allowedLength()) * Math.log(params.base());
        return (float) (params.multiplier() * Math.exp(Math.min(exponent, LARGEST_LOG)));
    }
}
