package dev.nightjar.tokenizer.algorithm;

import static dev.nightjar.tokenizer.algorithm.CodePoints.NEWLINE;
import static dev.nightjar.tokenizer.algorithm.CodePoints.NUMBER;
import static dev.nightjar.tokenizer.algorithm.CodePoints.SPACE;

/**
 * The words of Llama 3 and Qwen: {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+
 * |\p{N}{1,n}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+}, where {@code n} is the longest
 * number, {@code \p{L}} the classes that count as letters, and the line ends after symbols may be
 * missing. Linear in the length of the text.
 *
 * @param maxDigits the most code points of a number in one word
 * @param letters the classes that count as letters
 * @param symbolTail the classes of what belongs to the symbols before it: line ends, or none
 */
record Llama3Scanner(int maxDigits, int letters, int symbolTail) implements WordScanner {
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
            return Runs.endOfNumber(utf8, from, to, maxDigits);
        }
        int symbol = utf8[from] == ' ' ? from + 1 : from;
        int other = Runs.endOfOther(utf8, symbol, to, SPACE | NUMBER | letters);
        return other > symbol
                ? Runs.endOf(utf8, other, to, symbolTail)
                : Runs.endOfLinesOrSpace(utf8, from, to);
    }

    /** One code point that is no line end, letter or number may stand before the letters. */
    private int startOfLetters(byte[] utf8, int from, int to) {
        return Runs.is(utf8, from, to, NEWLINE | NUMBER | letters) ? from : Runs.after(utf8, from);
    }
}
