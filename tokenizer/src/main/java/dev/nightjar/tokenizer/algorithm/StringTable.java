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
    private final int mask;

    /**
     * A table of the texts by id {@code [V]}; null entries are left out, of equal texts the last
     * one is found. The array is kept, not copied.
     */
    public StringTable(String[] tokens) {
        this.tokens = tokens;
        slots = new int[Integer.highestOneBit(Math.max(tokens.length, 4)) << 2];
        mask = slots.length - 1;
        Arrays.fill(slots, NOT_FOUND);
        for (int id = 0; id < tokens.length; id++) {
            if (tokens[id] != null) {
                slots[slotOf(tokens[id])] = id;
            }
        }
    }

    /** The id of this text, or {@link #NOT_FOUND}. */
    public int find(String text) {
        return slots[slotOf(text)];
    }

    /** The id of {@code text[from, to)}, or {@link #NOT_FOUND}. */
    public int find(char[] text, int from, int to) {
        int slot = spread(hash(0, text, from, to)) & mask;
        while (slots[slot] >= 0 && !isJoined(tokens[slots[slot]], text, from, to, to, to)) {
            slot = slot + 1 & mask;
        }
        return slots[slot];
    }

    /**
     * The id of {@code text[from, middle)} and {@code text[second, to)} joined, or {@link
     * #NOT_FOUND}.
     */
    public int findJoined(char[] text, int from, int middle, int second, int to) {
        int slot = spread(hash(hash(0, text, from, middle), text, second, to)) & mask;
        while (slots[slot] >= 0 && !isJoined(tokens[slots[slot]], text, from, middle, second, to)) {
            slot = slot + 1 & mask;
        }
        return slots[slot];
    }

    private int slotOf(String text) {
        int slot = spread(text.hashCode()) & mask;
        while (slots[slot] >= 0 && !tokens[slots[slot]].equals(text)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static boolean isJoined(
            String token, char[] text, int from, int middle, int second, int to) {
        if (token.length() != middle - from + to - second) {
            return false;
        }
        int i = 0;
        for (int at = from; at < middle; at++) {
            if (token.charAt(i++) != text[at]) {
                return false;
            }
        }
        for (int at = second; at < to; at++) {
            if (token.charAt(i++) != text[at]) {
                return false;
            }
        }
        return true;
    }

    private static int hash(int start, char[] text, int from, int to) {
        int hash = start;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text[i];
        }
        return hash;
    }

    private static int spread(int hash) {
        return hash * 0x9E3779B9 >>> 8 ^ hash;
    }
}
