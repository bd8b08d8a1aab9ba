package dev.nightjar.tokenizer.algorithm;

/** Isolates groups of three ASCII digits, {@code [0-9][0-9][0-9]}, from the left. */
final class DigitGroupScanner implements WordScanner {
    private static final int GROUP = 3;

    @Override
    public int end(byte[] utf8, int from, int to) {
        if (isGroup(utf8, from, to)) {
            return from + GROUP;
        }
        int i = from + 1;
        while (i < to && !isGroup(utf8, i, to)) {
            i++;
        }
        return i;
    }

    private static boolean isGroup(byte[] utf8, int i, int to) {
        return i + GROUP <= to && isDigit(utf8[i]) && isDigit(utf8[i + 1]) && isDigit(utf8[i + 2]);
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }
}
