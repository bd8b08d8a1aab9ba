package dev.nightjar.tokenizer.algorithm;

import java.util.Arrays;

/**
 * Finds the id of a token by its text, also by characters that are no string yet. Filled once, then
 * immutable and safe for use by many threads.
 *
 * <p>Open addressing with linear probing, at most half full; the hash is the one of {@link String},
 * so that the hash of two texts joined follows from theirs.
 */
public final class StringTable {
    /** Answered where no token has this text. */
    public static final int NOT_FOUND = -1;

    private final String[] tokens;
    private final int[] slots;

    /** The hash of the text in each slot, so that most other texts are not looked at. */
    private final int[] hashes;

    private final int mask;

    /**
     * A table of the texts by id {@code [V]}; null entries are left out, of equal texts the last
     * one is found. The array is kept, not copied.
     */
    public StringTable(String[] tokens) {
        this.tokens = tokens;
        slots = new int[Integer.highestOneBit(Math.max(tokens.length, 4)) << 2];
        hashes = new int[slots.length];
        mask = slots.length - 1;
        Arrays.fill(slots, NOT_FOUND);
        for (int id = 0; id < tokens.length; id++) {
            if (tokens[id] != null) {
                int slot = slotOf(tokens[id]);
                slots[slot] = id;
                hashes[slot] = tokens[id].hashCode();
            }
        }
    }

    /** The id of this text, or {@link #NOT_FOUND}. */
    public int find(String text) {
        return slots[slotOf(text)];
    }

    /** The id of {@code text[from, to)}, or {@link #NOT_FOUND}. */
    public int find(char[] text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text[i];
        }
        int slot = spread(hash) & mask;
        while (slots[slot] >= 0
                && (hashes[slot] != hash || !equals(tokens[slots[slot]], text, from, to))) {
            slot = slot + 1 & mask;
        }
        return slots[slot];
    }

    /** The id of two texts joined, or {@link #NOT_FOUND}. */
    public int findJoined(String left, String right) {
        int hash = hashOfJoined(left, right);
        int slot = spread(hash) & mask;
        while (slots[slot] >= 0
                && (hashes[slot] != hash || !isJoined(tokens[slots[slot]], left, right))) {
            slot = slot + 1 & mask;
        }
        return slots[slot];
    }

    private int slotOf(String text) {
        int hash = text.hashCode();
        int slot = spread(hash) & mask;
        while (slots[slot] >= 0 && (hashes[slot] != hash || !tokens[slots[slot]].equals(text))) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static boolean equals(String token, char[] text, int from, int to) {
        if (token.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (token.charAt(i - from) != text[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isJoined(String token, String left, String right) {
        return token.length() == left.length() + right.length()
                && token.startsWith(left)
                && token.startsWith(right, left.length());
    }

    private static int hashOfJoined(String left, String right) {
        int shifted = left.hashCode();
        for (int i = 0; i < right.length(); i++) {
            shifted *= 31;
        }
        return shifted + right.hashCode();
    }

    private static int spread(int hash) {
        return hash * 0x9E3779B9 >>> 8 ^ hash;
    }
}
