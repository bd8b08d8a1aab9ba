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
     * {@code i}, or 0. Folding is ASCII: 0 leaves letters as they are, 0x20 makes them lower case.
     */
    static int contraction(byte[] utf8, int i, int to, int folding) {
        if (utf8[i] != '\'' || i + 1 >= to) {
            return 0;
        }
        int first = utf8[i + 1] | folding;
        if (first == 's' || first == 't' || first == 'm' || first == 'd') {
            return 2;
        }
        int second = i + 2 < to ? utf8[i + 2] | folding : 0;
        boolean isLong =
                (first == 'r' || first == 'v') && second == 'e' || first == 'l' && second == 'l';
        return isLong ? 3 : 0;
    }
}
