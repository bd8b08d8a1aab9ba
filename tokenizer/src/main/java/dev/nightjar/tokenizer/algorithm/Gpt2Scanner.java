package dev.nightjar.tokenizer.algorithm;

import static dev.nightjar.tokenizer.algorithm.CodePoints.LETTER;
import static dev.nightjar.tokenizer.algorithm.CodePoints.NUMBER;
import static dev.nightjar.tokenizer.algorithm.CodePoints.SPACE;

/**
 * The words of GPT-2: {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+
 * |\s+(?!\S)|\s+}. Linear in the length of the text.
 */
final class Gpt2Scanner implements WordScanner {
    private static final int NO_FOLDING = 0;

    @Override
    public int end(byte[] utf8, int from, int to) {
        int contraction = Runs.contraction(utf8, from, to, NO_FOLDING);
        if (contraction > 0) {
            return from + contraction;
        }
        int start = utf8[from] == ' ' ? from + 1 : from;
        if (Runs.is(utf8, start, to, LETTER)) {
            return Runs.endOf(utf8, start, to, LETTER);
        }
        if (Runs.is(utf8, start, to, NUMBER)) {
            return Runs.endOf(utf8, start, to, NUMBER);
        }
        if (Runs.isNot(utf8, start, to, SPACE)) {
            return Runs.endOfOther(utf8, start, to, SPACE | LETTER | NUMBER);
        }
        return Runs.endOfSpace(utf8, from, to);
    }
}
