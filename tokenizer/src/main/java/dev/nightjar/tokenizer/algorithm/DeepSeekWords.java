package dev.nightjar.tokenizer.algorithm;

import static dev.nightjar.tokenizer.algorithm.CodePoints.LETTER;
import static dev.nightjar.tokenizer.algorithm.CodePoints.MARK;
import static dev.nightjar.tokenizer.algorithm.CodePoints.NEWLINE;
import static dev.nightjar.tokenizer.algorithm.CodePoints.PUNCTUATION;
import static dev.nightjar.tokenizer.algorithm.CodePoints.SPACE;
import static dev.nightjar.tokenizer.algorithm.CodePoints.SYMBOL;

/**
 * The words of DeepSeek V3: {@code A[A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+ |
 * ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+}, where {@code A} is ASCII punctuation. Digits and
 * control characters are none of them.
 */
final class DeepSeekWords implements WordMatcher {
    @Override
    public int end(byte[] utf8, int from, int to) {
        if (isAsciiSign(utf8[from]) && from + 1 < to && isAsciiLetter(utf8[from + 1])) {
            int i = from + 1;
            while (i < to && isAsciiLetter(utf8[i])) {
                i++;
            }
            return i;
        }
        boolean mayLead = Runs.isNot(utf8, from, to, NEWLINE | LETTER | PUNCTUATION | SYMBOL);
        int start = mayLead ? Runs.after(utf8, from) : from;
        if (Runs.is(utf8, start, to, LETTER | MARK)) {
            return Runs.endOf(utf8, start, to, LETTER | MARK);
        }
        if (Runs.is(utf8, from, to, MARK)) {
            return start;
        }
        int symbol = utf8[from] == ' ' ? from + 1 : from;
        int other = Runs.endOf(utf8, symbol, to, PUNCTUATION | SYMBOL);
        if (other > symbol) {
            return Runs.endOf(utf8, other, to, NEWLINE);
        }
        return Runs.is(utf8, from, to, SPACE) ? Runs.endOfLinesOrSpace(utf8, from, to) : from;
    }

    private static boolean isAsciiSign(byte value) {
        return value > ' ' && value < 127 && !isAsciiLetter(value) && (value < '0' || value > '9');
    }

    private static boolean isAsciiLetter(byte value) {
        return (value | 0x20) >= 'a' && (value | 0x20) <= 'z';
    }
}
