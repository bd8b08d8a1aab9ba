package dev.nightjar.tokenizer.pretokenizer;

import java.util.Arrays;

/** A piece as a row of delimiters and what stands between them. Filled from left to right. */
final class Cuts {
    private int[] ends = new int[32];
    private boolean[] delimiters = new boolean[32];
    private int size;
    private final int from;

    Cuts(int from) {
        this.from = from;
    }

    /** Appends a stretch that begins where the last one ended. */
    void add(int end, boolean isDelimiter) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            delimiters = Arrays.copyOf(delimiters, 2 * size);
        }
        ends[size] = end;
        delimiters[size++] = isDelimiter;
    }

    /** Appends a delimiter and, before it, what stands between the last stretch and it. */
    void addMatch(int start, int end) {
        if (start > end()) {
            add(start, false);
        }
        add(end, true);
    }

    /** Where the last stretch ended. */
    int end() {
        return size == 0 ? from : ends[size - 1];
    }

    /** Makes delimiters of what is none, and the reverse. */
    Cuts inverted() {
        for (int i = 0; i < size; i++) {
            delimiters[i] = !delimiters[i];
        }
        return this;
    }

    /** Hands the pieces on that a behaviour makes. */
    void emit(Behavior behavior, PieceText text, PieceConsumer out) {
        int start = from;
        for (int i = 0; i < size; i++) {
            if (behavior == Behavior.REMOVED && delimiters[i]) {
                start = ends[i];
            } else if (i + 1 == size || !joinsNext(behavior, i)) {
                if (ends[i] > start) {
                    out.accept(text, start, ends[i]);
                }
                start = ends[i];
            }
        }
    }

    /** Whether a stretch and the next one are of one piece; of delimiters in a row the outer. */
    private boolean joinsNext(Behavior behavior, int i) {
        return switch (behavior) {
            case REMOVED, ISOLATED -> false;
            case MERGED_WITH_PREVIOUS -> !delimiters[i] && delimiters[i + 1];
            case MERGED_WITH_NEXT -> delimiters[i] && !delimiters[i + 1];
            case CONTIGUOUS -> delimiters[i] == delimiters[i + 1];
        };
    }
}
