package dev.nightjar.tokenizer.algorithm;

/** Cuts text into pieces one after the other; together they are the whole text. */
@FunctionalInterface
interface WordScanner {
    /** The end, after {@code from}, of the piece that begins at {@code from < to}. */
    int end(byte[] utf8, int from, int to);
}
