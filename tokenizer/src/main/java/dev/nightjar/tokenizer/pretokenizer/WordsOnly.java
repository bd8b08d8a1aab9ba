package dev.nightjar.tokenizer.pretokenizer;

import dev.nightjar.tokenizer.algorithm.CodePoints;
import dev.nightjar.tokenizer.algorithm.UnicodeSets;

/** Keeps what {@code \w+|[^\w\s]+} matches: words, and runs of other signs; spaces are left out. */
public final class WordsOnly implements PieceSplitter {
    private static final int SPACE = 0;
    private static final int WORD = 1;
    private static final int SIGN = 2;

    @Override
    public void split(PieceText text, int from, int to, PieceConsumer out) {
        byte[] utf8 = text.utf8();
        int start = from;
        int current = SPACE;
        for (int i = from; i < to; ) {
            int kind = kind(CodePoints.codePoint(utf8, i));
            if (kind != current) {
                if (current != SPACE) {
                    out.accept(text, start, i);
                }
                start = i;
                current = kind;
            }
            i += CodePoints.length(utf8[i]);
        }
        if (current != SPACE) {
            out.accept(text, start, to);
        }
    }

    private static int kind(int codePoint) {
        return UnicodeSets.isSpace(codePoint) ? SPACE : UnicodeSets.isWord(codePoint) ? WORD : SIGN;
    }
}
