package dev.nightjar.tokenizer.algorithm;

/** Turns a stretch of text without added tokens into ids. Immutable, used by many threads. */
public interface SubwordEncoder {
    /** Stands in the output where the vocabulary has neither the byte nor an unknown token. */
    int NO_TOKEN = -1;

    /**
     * Encodes {@code utf8[from, to)}, which begins and ends between code points, and appends the
     * ids.
     */
    void encode(byte[] utf8, int from, int to, IdBuffer out);
}
