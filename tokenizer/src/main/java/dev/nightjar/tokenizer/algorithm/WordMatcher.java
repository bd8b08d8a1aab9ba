package dev.nightjar.tokenizer.algorithm;

/** Recognises one kind of word. Takes time linear in what it looks at. */
@FunctionalInterface
interface WordMatcher {
    /** The end of the word that begins at {@code from < to}, or {@code from} if none does. */
    int end(byte[] utf8, int from, int to);

    /** A run of code points of some classes, with one code point of other classes before it. */
    static WordMatcher run(int before, int classes) {
        return (utf8, from, to) -> {
            int start = Runs.is(utf8, from, to, before) ? Runs.after(utf8, from) : from;
            int end = Runs.endOf(utf8, start, to, classes);
            return end > start ? end : Runs.endOf(utf8, from, to, classes);
        };
    }

    /** A run of code points of a set, with one code point of some classes before it. */
    static WordMatcher run(int before, CodePointRanges set) {
        return (utf8, from, to) -> {
            int start = Runs.is(utf8, from, to, before) ? Runs.after(utf8, from) : from;
            int end = endOfRun(utf8, start, to, set);
            return end > start ? end : endOfRun(utf8, from, to, set);
        };
    }

    /** The first of two that matches. */
    default WordMatcher or(WordMatcher other) {
        return (utf8, from, to) -> {
            int end = end(utf8, from, to);
            return end > from ? end : other.end(utf8, from, to);
        };
    }

    private static int endOfRun(byte[] utf8, int from, int to, CodePointRanges set) {
        int i = from;
        while (i < to && set.contains(CodePoints.codePoint(utf8, i))) {
            i = Runs.after(utf8, i);
        }
        return i;
    }
}
