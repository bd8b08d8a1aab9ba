package dev.nightjar.tokenizer.algorithm;

import dev.nightjar.tokenizer.algorithm.PreTokenizer.WordConsumer;

/**
 * Cuts numbers into groups of three counted from their end, so that the first group takes what is
 * left over; what stands between numbers is a piece of its own.
 *
 * @param kind which numbers are cut
 */
record DigitGroups(Kind kind) implements PieceCutter {
    private static final int GROUP = 3;

    /** What counts as a number. */
    enum Kind {
        /** Every run of {@code \p{N}}. */
        NUMBERS,
        /** A run of digits behind which no word goes on: {@code \d{1,3}(?=(?:\d{3})*\b)}. */
        DIGITS_BEFORE_BOUNDARY
    }

    @Override
    public void cut(byte[] utf8, int from, int to, WordConsumer parts) {
        int classes = kind == Kind.NUMBERS ? CodePoints.NUMBER : CodePoints.DIGIT;
        int start = from;
        for (int i = from; i < to; ) {
            if (!Runs.is(utf8, i, to, classes)) {
                i = Runs.after(utf8, i);
                continue;
            }
            int end = Runs.endOf(utf8, i, to, classes);
            if (kind == Kind.NUMBERS || !isWord(utf8, end, to)) {
                if (i > start) {
                    parts.accept(start, i);
                }
                cutNumber(utf8, i, end, parts);
                start = end;
            }
            i = end;
        }
        if (start < to) {
            parts.accept(start, to);
        }
    }

    private static void cutNumber(byte[] utf8, int from, int to, WordConsumer parts) {
        int numDigits = 0;
        for (int i = from; i < to; i = Runs.after(utf8, i)) {
            numDigits++;
        }
        int group = numDigits % GROUP == 0 ? GROUP : numDigits % GROUP;
        for (int start = from; start < to; group = GROUP) {
            int end = Runs.endOfNumber(utf8, start, to, group);
            parts.accept(start, end);
            start = end;
        }
    }

    private static boolean isWord(byte[] utf8, int i, int to) {
        if (i >= to) {
            return false;
        }
        int codePoint = CodePoints.codePoint(utf8, i);
        return Character.isAlphabetic(codePoint)
                || Runs.is(utf8, i, to, CodePoints.MARK)
                || Character.getType(codePoint) == Character.CONNECTOR_PUNCTUATION
                || codePoint == 0x200C
                || codePoint == 0x200D;
    }
}
