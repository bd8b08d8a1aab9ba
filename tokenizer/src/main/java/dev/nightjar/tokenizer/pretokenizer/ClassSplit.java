package dev.nightjar.tokenizer.pretokenizer;

import dev.nightjar.tokenizer.algorithm.CodePoints;
import java.util.function.IntPredicate;

/**
 * Cuts at every code point of a class.
 *
 * @param delimiters the class
 * @param behavior what happens to such a code point
 */
public record ClassSplit(IntPredicate delimiters, Behavior behavior) implements PieceSplitter {
    @Override
    public void split(PieceText text, int from, int to, PieceConsumer out) {
        byte[] utf8 = text.utf8();
        Cuts cuts = new Cuts(from);
        for (int i = from; i < to; ) {
            int end = i + CodePoints.length(utf8[i]);
            if (delimiters.test(CodePoints.codePoint(utf8, i))) {
                cuts.addMatch(i, end);
            }
            i = end;
        }
        if (cuts.end() < to) {
            cuts.add(to, false);
        }
        cuts.emit(behavior, text, out);
    }
}
