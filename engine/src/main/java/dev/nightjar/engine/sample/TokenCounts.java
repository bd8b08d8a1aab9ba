package dev.nightjar.engine.sample;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Which tokens a sequence has seen and how often it generated each; grows as it goes. */
final class TokenCounts {

    private final Map<Integer, Integer> entryOf = new HashMap<>();
    private int[] tokens = new int[64];
    private int[] generated = new int[64];
    private int size;

    /** Notes a token of the prompt. */
    void addPrompt(int token) {
        entry(token);
    }

    /** Counts a generated token. */
    void addGenerated(int token) {
        generated[entry(token)]++;
    }

    int size() {
        return size;
    }

    /** Copies all entries into the arrays from {@code offset} on. */
    void copyTo(int[] targetTokens, int[] targetGenerated, int offset) {
        System.arraycopy(tokens, 0, targetTokens, offset, size);
        System.arraycopy(generated, 0, targetGenerated, offset, size);
    }

    private int entry(int token) {
        Integer known = entryOf.putIfAbsent(token, size);
        if (known != null) {
            return known;
        }
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * size);
            generated = Arrays.copyOf(generated, 2 * size);
        }
        tokens[size] = token;
        return size++;
    }
}
