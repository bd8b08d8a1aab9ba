package dev.nightjar.tokenizer.algorithm;

import static dev.nightjar.tokenizer.algorithm.CodePoints.NEWLINE;
import static dev.nightjar.tokenizer.algorithm.CodePoints.NUMBER;
import static dev.nightjar.tokenizer.algorithm.CodePoints.SPACE;

/**
 * The words of Llama 3 and Qwen: {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+
 * |\p{N}{1,n}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+}, where {@code n} is the longest
 * number and {@code \p{L}} the classes that count as letters. Linear in the length of the text.
 */
record Llama3Scanner(int maxDigits, int letters) implements WordScanner {
    private static final int LOWER_CASE = 0x20;

    @Override
    public int end(byte[] utf8, int from, int to) {
        int contraction = Runs.contraction(utf8, from, to, LOWER_CASE);
        if (contraction > 0) {
            return from + contraction;
        }
        int start = startOfLetters(utf8, from, to);
        if (Runs.is(utf8, start, to, letters)) {
            return Runs.endOf(utf8, start, to, letters);
        }
        if (Runs.is(utf8, from, to, NUMBER)) {
            return endOfNumber(utf8, from, to);
        }
        int symbol = utf8[from] == ' ' ? from + 1 : from;
        int other = Runs.endOfOther(utf8, symbol, to, SPACE | NUMBER | letters);
        return other > symbol
                ? Runs.endOf(utf8, other, to, NEWLINE)
                : endOfLinesOrSpace(utf8, from, to);
    }

    /** One code point that is no line end, letter or number may stand before the letters. */
    private int startOfLetters(byte[] utf8, int from, int to) {
        return Runs.is(utf8, from, to, NEWLINE | NUMBER | letters) ? from : Runs.after(utf8, from);
    }

    private int endOfNumber(byte[] utf8, int from, int to) {
        int i = from;
        for (int digits = 0; digits < maxDigits && Runs.is(utf8, i, to, NUMBER); digits++) {
            i = Runs.after(utf8, i);
        }
        return i;
    }

    /** {@code \s*[\r\n]+} reaches to the last line end of the white space. */
    private static int endOfLinesOrSpace(byte[] utf8, int from, int to) {
        int lastLineEnd = from;
        for (int i = from; Runs.is(utf8, i, to, SPACE); ) {
            int after = Runs.after(utf8, i);
            if (Runs.is(utf8, i, to, NEWLINE)) {
                lastLineEnd = after;
            }
            i = after;
        }
        return lastLineEnd > from ? lastLineEnd : Runs.endOfSpace(utf8, from, to);
    }
}
