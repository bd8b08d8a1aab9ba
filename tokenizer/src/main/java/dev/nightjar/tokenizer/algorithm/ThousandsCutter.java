package dev.nightjar.tokenizer.algorithm;

import dev.nightjar.tokenizer.algorithm.PreTokenizer.WordConsumer;

/**
 * Cuts before every group of three ASCII digits counted from their end: {@code (?=(\d{3})+(?!\d))}.
 */
final class ThousandsCutter implements PieceCutter {
    private static final int GROUP = 3;

    @Override
    public void cut(byte[] utf8, int from, int to, WordConsumer parts) {
        int start = from;
        int endOfDigits = from;
        for (int i = from; i < to; i++) {
            if (i >= endOfDigits) {
                endOfDigits = endOfDigits(utf8, i, to);
            }
            boolean isCut = endOfDigits > i && (endOfDigits - i) % GROUP == 0;
            if (isCut && i > start) {
                parts.accept(start, i);
                start = i;
            }
        }
        if (start < to) {
            parts.accept(start, to);
        }
    }

    private static int endOfDigits(byte[] utf8, int from, int to) {
        int i = from;
        while (i < to && utf8[i] >= '0' && utf8[i] <= '9') {
            i++;
        }
        return i;
    }
}
