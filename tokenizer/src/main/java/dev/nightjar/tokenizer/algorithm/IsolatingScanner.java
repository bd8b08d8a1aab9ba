package dev.nightjar.tokenizer.algorithm;

/**
 * Isolates words; what stands between two of them is a piece of its own.
 *
 * @param words what is isolated
 */
record IsolatingScanner(WordMatcher words) implements WordScanner {
    @Override
    public int end(byte[] utf8, int from, int to) {
        int end = words.end(utf8, from, to);
        if (end > from) {
            return end;
        }
        int i = Runs.after(utf8, from);
        while (i < to && words.end(utf8, i, to) == i) {
            i = Runs.after(utf8, i);
        }
        return i;
    }
}
