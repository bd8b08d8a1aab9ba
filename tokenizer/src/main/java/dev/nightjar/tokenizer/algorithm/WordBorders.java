package dev.nightjar.tokenizer.algorithm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where a text can be cut without a change of its tokens: between two characters that stand side by
 * side in no token, so that no merge reaches across. Immutable.
 *
 * <p>Characters are told apart by class: every ASCII character and U+2581 have one of their own,
 * others share one with their neighbours in Unicode, which can only mean fewer cuts.
 */
public final class WordBorders {
    /** No cut anywhere. */
    public static final WordBorders NONE = new WordBorders(true);

    private static final int SPACE_SYMBOL = 0x2581;
    private static final int NUM_CLASSES = 256;
    private static final int NUM_ASCII = 128;
    private static final int SPACE_CLASS = NUM_CLASSES - 1;
    private static final int NUM_BLOCKS = SPACE_CLASS - NUM_ASCII;

    /** A block has 64 characters. */
    private static final int BLOCK_BITS = 6;

    /** Whether a token has a character of one class and one of another behind it. */
    private final boolean[] touch = new boolean[NUM_CLASSES * NUM_CLASSES];

    private WordBorders(boolean areAllTouching) {
        Arrays.fill(touch, areAllTouching);
    }

    /** The borders of a vocabulary; null stands for no token. */
    public static WordBorders of(String[] tokens) {
        WordBorders borders = new WordBorders(false);
        for (String token : tokens) {
            if (token != null) {
                borders.join(token);
            }
        }
        return borders;
    }

    private void join(String token) {
        byte[] utf8 = token.getBytes(StandardCharsets.UTF_8);
        int before = -1;
        for (int i = 0; i < utf8.length; i += CodePoints.length(utf8[i])) {
            int kind = kind(CodePoints.codePoint(utf8, i));
            if (before >= 0) {
                touch[before * NUM_CLASSES + kind] = true;
            }
            before = kind;
        }
    }

    /** The end of the word that begins at {@code from}, which is before {@code to}. */
    int endOfWord(byte[] utf8, int from, int to) {
        int before = kind(CodePoints.codePoint(utf8, from));
        int i = from + CodePoints.length(utf8[from]);
        while (i < to) {
            int kind = kind(CodePoints.codePoint(utf8, i));
            if (!touch[before * NUM_CLASSES + kind]) {
                return i;
            }
            before = kind;
            i += CodePoints.length(utf8[i]);
        }
        return to;
    }

    private static int kind(int codePoint) {
        if (codePoint < NUM_ASCII) {
            return codePoint;
        }
        return codePoint == SPACE_SYMBOL
                ? SPACE_CLASS
                : NUM_ASCII + (codePoint >>> BLOCK_BITS) % NUM_BLOCKS;
    }
}
