package dev.nightjar.tokenizer.algorithm;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Finds the token that has exactly the bytes of a slice, without making a string. Immutable.
 *
 * <p>Open addressing with linear probing, at most half full.
 */
public final class TokenTable {
    /** Answered where no token has these bytes. */
    public static final int NOT_FOUND = -1;

    private final TokenBytes tokens;
    private final int[] slots;
    private final int mask;

    private TokenTable(TokenBytes tokens, int[] slots) {
        this.tokens = tokens;
        this.slots = slots;
        this.mask = slots.length - 1;
    }

    /** A table of the included tokens; of tokens with equal bytes the last one is found. */
    public static TokenTable of(TokenBytes tokens, IntPredicate isIncluded) {
        int[] slots = new int[Integer.highestOneBit(Math.max(tokens.size(), 4)) << 2];
        Arrays.fill(slots, NOT_FOUND);
        TokenTable table = new TokenTable(tokens, slots);
        for (int id = 0; id < tokens.size(); id++) {
            if (tokens.length(id) > 0 && isIncluded.test(id)) {
                table.put(id);
            }
        }
        return table;
    }

    /** The id of the token that is {@code text[from, to)}, or {@link #NOT_FOUND}. */
    public int find(byte[] text, int from, int to) {
        int slot = TokenBytes.hash(text, from, to) & mask;
        while (slots[slot] >= 0 && !tokens.equalTo(slots[slot], text, from, to)) {
            slot = slot + 1 & mask;
        }
        return slots[slot];
    }

    /** Whether a token has a space behind another character, so that it spans two words. */
    boolean spansWords() {
        return Arrays.stream(slots).anyMatch(id -> id != NOT_FOUND && tokens.spansWords(id));
    }

    /** How many bytes the longest token of the table has; 0 in an empty one. */
    int longestToken() {
        return Arrays.stream(slots).filter(id -> id >= 0).map(tokens::length).max().orElse(0);
    }

    private void put(int id) {
        byte[] text = tokens.bytes(id);
        int slot = tokens.hash(id) & mask;
        while (slots[slot] >= 0 && !tokens.equalTo(slots[slot], text, 0, text.length)) {
            slot = slot + 1 & mask;
        }
        slots[slot] = id;
    }
}
