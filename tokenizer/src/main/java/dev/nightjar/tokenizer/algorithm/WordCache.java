package dev.nightjar.tokenizer.algorithm;

import java.util.Arrays;

/**
 * Remembers what words became, so that a frequent word is merged once. A word that falls on the
 * place of another replaces it, so memory is bounded.
 *
 * <p>Used by many threads without locks: entries are immutable, and a thread that sees an old one
 * or none merges the word again, with the same result.
 */
final class WordCache {
    private static final int NUM_ENTRIES = 1 << 13;

    /** Longer words are rare. */
    private static final int MAX_WORD_BYTES = 32;

    private final Entry[] entries = new Entry[NUM_ENTRIES];

    /** A word, its ids, and where each of them ends, counted from the start of the word. */
    private record Entry(byte[] word, int[] ids, int[] ends) {}

    /** Appends the ids of {@code utf8[from, to)} if the word is remembered; whether it was. */
    boolean write(byte[] utf8, int from, int to, IdBuffer out) {
        if (to - from > MAX_WORD_BYTES) {
            return false;
        }
        Entry entry = entries[place(utf8, from, to)];
        if (entry == null || !Arrays.equals(entry.word, 0, entry.word.length, utf8, from, to)) {
            return false;
        }
        for (int i = 0; i < entry.ids.length; i++) {
            out.add(entry.ids[i], from + entry.ends[i]);
        }
        return true;
    }

    /** Remembers the word {@code utf8[from, to)} as the symbols of a merged run. */
    void put(byte[] utf8, int from, int to, MergeRun run) {
        if (to - from > MAX_WORD_BYTES) {
            return;
        }
        int[] ids = new int[run.size()];
        int[] ends = new int[ids.length];
        int symbol = run.first();
        for (int i = 0; i < ids.length; i++) {
            ids[i] = run.id(symbol);
            ends[i] = run.end(symbol) - from;
            symbol = run.next(symbol);
        }
        entries[place(utf8, from, to)] = new Entry(Arrays.copyOfRange(utf8, from, to), ids, ends);
    }

    private static int place(byte[] utf8, int from, int to) {
        return TokenBytes.hash(utf8, from, to) & NUM_ENTRIES - 1;
    }
}
