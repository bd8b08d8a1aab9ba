package dev.nightjar.tokenizer.algorithm;

import static dev.nightjar.tokenizer.algorithm.CodePoints.LETTER;
import static dev.nightjar.tokenizer.algorithm.CodePoints.MARK;
import static dev.nightjar.tokenizer.algorithm.CodePoints.NEWLINE;
import static dev.nightjar.tokenizer.algorithm.CodePoints.NUMBER;
import static dev.nightjar.tokenizer.algorithm.CodePoints.SPACE;

/**
 * The words of EXAONE MoE, which keep single spaces between them: {@code
 * (?i:'s|'t|'re|'ve|'m|'ll|'d) |[^\r\n\p{L}\p{N}]?(?:\p{L}\p{M}*(?: \p{L}\p{M}*)*)+|\p{N}|
 * ?[^\s\p{L}\p{N}]+[\r\n/]?|\s*[\r\n] |\s+(?!\S)|\s+}.
 */
final class ExaoneMoeScanner implements WordScanner {
    private static final int LOWER_CASE = 0x20;

    @Override
    public int end(byte[] utf8, int from, int to) {
        int contraction = Runs.contraction(utf8, from, to, LOWER_CASE);
        if (contraction > 0) {
            return from + contraction;
        }
        boolean mayLead = Runs.isNot(utf8, from, to, NEWLINE | LETTER | NUMBER);
        int start = mayLead ? Runs.after(utf8, from) : from;
        if (Runs.is(utf8, start, to, LETTER)) {
            return endOfPhrase(utf8, start, to);
        }
        if (Runs.is(utf8, from, to, NUMBER)) {
            return Runs.after(utf8, from);
        }
        int symbol = utf8[from] == ' ' ? from + 1 : from;
        int other = Runs.endOfOther(utf8, symbol, to, SPACE | LETTER | NUMBER);
        if (other == symbol) {
            return Runs.endOfLinesOrSpace(utf8, from, to);
        }
        boolean hasTail = Runs.is(utf8, other, to, NEWLINE) || other < to && utf8[other] == '/';
        return hasTail ? other + 1 : other;
    }

    private static int endOfPhrase(byte[] utf8, int from, int to) {
        int i = from;
        while (i < to) {
            if (Runs.is(utf8, i, to, LETTER | MARK)) {
                i = Runs.after(utf8, i);
            } else if (utf8[i] == ' ' && Runs.is(utf8, i + 1, to, LETTER)) {
                i++;
            } else {
                return i;
            }
        }
        return i;
    }
}
