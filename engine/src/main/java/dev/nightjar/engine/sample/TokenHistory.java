package dev.nightjar.engine.sample;

import java.util.Arrays;

/** The tokens of prompt and completion so far. */
final class TokenHistory {

    private int[] tokens;
    private int size;

    /** Copies the prompt. */
    TokenHistory(int[] promptIds) {
        tokens = promptIds.clone();
        size = promptIds.length;
    }

    void add(int token) {
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, Math.max(16, 2 * size));
        }
        tokens[size++] = token;
    }

    int token(int position) {
        return tokens[position];
    }

    int size() {
        return size;
    }
}
