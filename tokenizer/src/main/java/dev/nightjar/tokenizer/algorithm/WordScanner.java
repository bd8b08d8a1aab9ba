package dev.nightjar.tokenizer.algorithm;

import dev.nightjar.tokenizer.algorithm.PreTokenizer.WordConsumer;

/** Cuts text into pieces one after the other, each without a look back. */
@FunctionalInterface
interface WordScanner extends PieceCutter {
    /** The end, after {@code from}, of the piece that begins at {@code from < to}. */
    int end(byte[] utf8, int from, int to);

    @Override
    default void cut(byte[] utf8, int from, int to, WordConsumer parts) {
        for (int start = from; start < to; ) {
            int end = end(utf8, start, to);
            parts.accept(start, end);
            start = end;
        }
    }
}
