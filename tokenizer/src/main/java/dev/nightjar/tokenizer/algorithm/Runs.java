package dev.nightjar.tokenizer.algorithm;

/** Measures runs of code points by class: what the word scanners are made of. */
final class Runs {
    private Runs() {}

    /** Whether the code point at {@code i} exists and has one of the classes. */
    static boolean is(byte[] utf8, int i, int to, int classes) {
        return i < to && (CodePoints.classes(utf8, i) & classes) != 0;
    }

    /** Whether the code point at {@code i} exists and has none of the classes. */
    static boolean isNot(byte[] utf8, int i, int to, int classes) {
        return i < to && (CodePoints.classes(utf8, i) & classes) == 0;
    }

    /** The position after the code point at {@code i}. */
    static int after(byte[] utf8, int i) {
        return i + CodePoints.length(utf8[i]);
    }

    /** The end of the run of code points that have one of the classes. */
    static int endOf(byte[] utf8, int from, int to, int classes) {
        int i = from;
        while (is(utf8, i, to, classes)) {
            i = after(utf8, i);
        }
        return i;
    }

    /** The end of the run of code points that have none of the classes. */
    static int endOfOther(byte[] utf8, int from, int to, int classes) {
        int i = from;
        while (isNot(utf8, i, to, classes)) {
            i = after(utf8, i);
        }
        return i;
    }

    /**
     * The end of {@code \s+(?!\S)|\s+}: a run of white space that text follows leaves its last code
     * point to that text, unless it has only one.
     */
    static int endOfSpace(byte[] utf8, int from, int to) {
        int last = from;
        int i = from;
        while (is(utf8, i, to, CodePoints.SPACE)) {
            last = i;
            i = after(utf8, i);
        }
        return i < to && last > from ? last : i;
    }

    /**
     * The length of an English contraction ({@code 's 't 're 've 'm 'll 'd}) in lower case at
     * {@code i}, or 0. Folding 0 leaves letters as they are, 0x20 makes them lower case; then the
     * long s, whose upper case is S, counts as s.
     */
    static int contraction(byte[] utf8, int i, int to, int folding) {
        if (utf8[i] != '\'' || i + 1 >= to) {
            return 0;
        }
        int first = utf8[i + 1] | folding;
        if (folding != 0 && isLongS(utf8, i + 1, to)) {
            return 3;
        }
        if (first == 's' || first == 't' || first == 'm' || first == 'd') {
            return 2;
        }
        int second = i + 2 < to ? utf8[i + 2] | folding : 0;
        boolean isLong =
                (first == 'r' || first == 'v') && second == 'e' || first == 'l' && second == 'l';
        return isLong ? 3 : 0;
    }

    private static boolean isLongS(byte[] utf8, int i, int to) {
        return i + 1 < to && utf8[i] == (byte) 0xC5 && utf8[i + 1] == (byte) 0xBF;
    }

    /** The end of a number of at most {@code maxDigits} code points. */
    static int endOfNumber(byte[] utf8, int from, int to, int maxDigits) {
        int i = from;
        for (int digits = 0; digits < maxDigits && is(utf8, i, to, CodePoints.NUMBER); digits++) {
            i = after(utf8, i);
        }
        return i;
    }

    /**
     * {@code \s*[\r\n]+|\s+(?!\S)|\s+}: to the last line end of the white space, if there is one.
     */
    static int endOfLinesOrSpace(byte[] utf8, int from, int to) {
        int lastLineEnd = from;
        for (int i = from; is(utf8, i, to, CodePoints.SPACE); ) {
            int after = after(utf8, i);
            if (is(utf8, i, to, CodePoints.NEWLINE)) {
                lastLineEnd = after;
            }
            i = after;
        }
        return lastLineEnd > from ? lastLineEnd : endOfSpace(utf8, from, to);
    }
}
