package dev.nightjar.tokenizer.algorithm;

import static dev.nightjar.tokenizer.algorithm.CodePoints.LETTER;
import static dev.nightjar.tokenizer.algorithm.CodePoints.LOWER;
import static dev.nightjar.tokenizer.algorithm.CodePoints.MARK;
import static dev.nightjar.tokenizer.algorithm.CodePoints.NEWLINE;
import static dev.nightjar.tokenizer.algorithm.CodePoints.NUMBER;
import static dev.nightjar.tokenizer.algorithm.CodePoints.SPACE;
import static dev.nightjar.tokenizer.algorithm.CodePoints.UPPER;

import java.lang.Character.UnicodeScript;

/**
 * Words that begin anew at an upper-case letter after a lower-case one, as in GPT-4o, Tekken and
 * Kimi K2:
 *
 * <pre>
 * [^\r\n\p{L}\p{N}]?U*W+C?|[^\r\n\p{L}\p{N}]?U+W*C?|\p{N}{1,n}| ?[^\s\p{L}\p{N}]+[\r\n/]*
 * |\s*[\r\n]+|\s+(?!\S)|\s+
 *
 * U [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]   W [\p{Ll}\p{Lm}\p{Lo}\p{M}]   C (?i:'s|'t|'re|'ve|'m|'ll|'d)
 * </pre>
 *
 * <p>Letters without case and marks are both U and W. Where an upper-case letter follows the run of
 * U, {@code U*W+} gives letters back up to the last one that is W as well, and ends behind it.
 * Linear in the length of the text, but for such letters, which are looked at twice.
 *
 * @param maxDigits the most code points of a number in one word
 * @param variant what else belongs to a word
 */
record CasedWordScanner(int maxDigits, Variant variant) implements WordScanner {
    private static final int LOWER_CASE = 0x20;
    private static final int NO_MATCH = -1;

    /** What the checkpoints differ in. */
    enum Variant {
        /** Tekken: no contractions; line ends and slashes end symbols. */
        WITHOUT_CONTRACTIONS,
        /** GPT-4o: contractions belong to the word; line ends and slashes end symbols. */
        WITH_CONTRACTIONS,
        /** Kimi K2: as GPT-4o, but runs of Han are words, and only line ends end symbols. */
        HAN_APART
    }

    @Override
    public int end(byte[] utf8, int from, int to) {
        if (isHan(utf8, from, to)) {
            int i = from;
            while (isHan(utf8, i, to)) {
                i = Runs.after(utf8, i);
            }
            return i;
        }
        int word = endOfWord(utf8, from, to);
        if (word != NO_MATCH) {
            return word < to && variant != Variant.WITHOUT_CONTRACTIONS
                    ? word + Runs.contraction(utf8, word, to, LOWER_CASE)
                    : word;
        }
        if (Runs.is(utf8, from, to, NUMBER)) {
            return Runs.endOfNumber(utf8, from, to, maxDigits);
        }
        int symbol = utf8[from] == ' ' ? from + 1 : from;
        int other = Runs.endOfOther(utf8, symbol, to, SPACE | LETTER | NUMBER);
        return other > symbol
                ? endOfSymbolTail(utf8, other, to)
                : Runs.endOfLinesOrSpace(utf8, from, to);
    }

    /** Both forms of a word, each first with a code point before it, then without. */
    private int endOfWord(byte[] utf8, int from, int to) {
        boolean mayLead = Runs.isNot(utf8, from, to, NEWLINE | LETTER | NUMBER);
        int start = mayLead ? Runs.after(utf8, from) : from;
        int end = endOfLowerWord(utf8, start, to);
        if (end == NO_MATCH && mayLead) {
            end = endOfLowerWord(utf8, from, to);
        }
        if (end == NO_MATCH) {
            end = endOfUpperWord(utf8, start, to);
        }
        return end == NO_MATCH && mayLead ? endOfUpperWord(utf8, from, to) : end;
    }

    /** {@code U*W+}. */
    private int endOfLowerWord(byte[] utf8, int from, int to) {
        int lastShared = NO_MATCH;
        int i = from;
        while (isWord(utf8, i, to, LOWER)) {
            int after = Runs.after(utf8, i);
            lastShared = Runs.is(utf8, i, to, UPPER) ? lastShared : after;
            i = after;
        }
        if (!isWord(utf8, i, to, UPPER)) {
            return lastShared;
        }
        while (isWord(utf8, i, to, UPPER)) {
            i = Runs.after(utf8, i);
        }
        return i;
    }

    /** {@code U+W*} where {@code U*W+} does not match, so that nothing is W behind the U. */
    private int endOfUpperWord(byte[] utf8, int from, int to) {
        int i = from;
        while (isWord(utf8, i, to, LOWER)) {
            i = Runs.after(utf8, i);
        }
        return i > from ? i : NO_MATCH;
    }

    /** Whether a letter or mark stands there that is not of the excluded case. */
    private boolean isWord(byte[] utf8, int i, int to, int excluded) {
        if (i >= to) {
            return false;
        }
        int classes = CodePoints.classes(utf8, i);
        return (classes & (LETTER | MARK)) != 0 && (classes & excluded) == 0 && !isHan(utf8, i, to);
    }

    private boolean isHan(byte[] utf8, int i, int to) {
        return variant == Variant.HAN_APART
                && i < to
                && utf8[i] < 0
                && UnicodeScript.of(CodePoints.codePoint(utf8, i)) == UnicodeScript.HAN;
    }

    private int endOfSymbolTail(byte[] utf8, int from, int to) {
        int i = from;
        while (Runs.is(utf8, i, to, NEWLINE)
                || i < to && utf8[i] == '/' && variant != Variant.HAN_APART) {
            i++;
        }
        return i;
    }
}
