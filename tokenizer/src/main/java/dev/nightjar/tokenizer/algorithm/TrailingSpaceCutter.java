package dev.nightjar.tokenizer.algorithm;

import dev.nightjar.tokenizer.algorithm.PreTokenizer.WordConsumer;

/** Cuts the white space at the end of a piece off: {@code \s+$}. */
final class TrailingSpaceCutter implements PieceCutter {
    @Override
    public void cut(byte[] utf8, int from, int to, WordConsumer parts) {
        int space = to;
        for (int i = from; i < to; ) {
            int after = Runs.after(utf8, i);
            if (!Runs.is(utf8, i, to, CodePoints.SPACE)) {
                space = to;
            } else if (space == to) {
                space = i;
            }
            i = after;
        }
        if (space > from) {
            parts.accept(from, space);
        }
        if (space < to) {
            parts.accept(space, to);
        }
    }
}
