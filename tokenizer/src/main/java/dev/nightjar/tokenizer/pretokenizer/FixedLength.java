package dev.nightjar.tokenizer.pretokenizer;

import dev.nightjar.tokenizer.algorithm.CodePoints;

/**
 * Cuts after every so many code points.
 *
 * @param length how many, at least one
 */
public record FixedLength(int length) implements PieceSplitter {
    @Override
    public void split(PieceText text, int from, int to, PieceConsumer out) {
        int start = from;
        int count = 0;
        for (int i = from; i < to; ) {
            i += CodePoints.length(text.utf8()[i]);
            if (++count == length || i >= to) {
                out.accept(text, start, i);
                start = i;
                count = 0;
            }
        }
    }
}
