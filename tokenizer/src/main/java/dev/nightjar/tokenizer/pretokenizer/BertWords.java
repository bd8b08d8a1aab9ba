package dev.nightjar.tokenizer.pretokenizer;

import dev.nightjar.tokenizer.algorithm.CodePoints;
import dev.nightjar.tokenizer.algorithm.UnicodeSets;

/** The words of BERT: white space is left out, each punctuation character is a word of its own. */
public final class BertWords implements PieceSplitter {
    @Override
    public void split(PieceText text, int from, int to, PieceConsumer out) {
        byte[] utf8 = text.utf8();
        int start = from;
        for (int i = from; i < to; ) {
            int codePoint = CodePoints.codePoint(utf8, i);
            int end = i + CodePoints.length(utf8[i]);
            boolean isSpace = UnicodeSets.isSpace(codePoint);
            if (isSpace || UnicodeSets.isPunctuation(codePoint)) {
                if (i > start) {
                    out.accept(text, start, i);
                }
                if (!isSpace) {
                    out.accept(text, i, end);
                }
                start = end;
            }
            i = end;
        }
        if (to > start) {
            out.accept(text, start, to);
        }
    }
}
