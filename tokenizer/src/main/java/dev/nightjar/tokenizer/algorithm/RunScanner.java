package dev.nightjar.tokenizer.algorithm;

/**
 * Isolates runs: code points that belong to the run, at most {@code maxRun} in a piece, and what
 * stands between.
 *
 * @param classes classes whose code points belong to the run
 * @param symbols ASCII characters that belong to it as well
 * @param maxRun the most code points of a run in one piece
 */
record RunScanner(int classes, String symbols, int maxRun) implements WordScanner {
    /** A run of any length is one piece. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    @Override
    public int end(byte[] utf8, int from, int to) {
        boolean isRun = belongs(utf8, from);
        int length = 0;
        int i = from;
        while (i < to && belongs(utf8, i) == isRun && !(isRun && length == maxRun)) {
            i = Runs.after(utf8, i);
            length++;
        }
        return i;
    }

    private boolean belongs(byte[] utf8, int i) {
        return (CodePoints.classes(utf8, i) & classes) != 0
                || utf8[i] >= 0 && symbols.indexOf(utf8[i]) >= 0;
    }
}
