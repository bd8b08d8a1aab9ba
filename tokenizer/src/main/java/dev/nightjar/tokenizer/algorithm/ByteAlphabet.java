package dev.nightjar.tokenizer.algorithm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The printable alphabet in which GPT-2 vocabularies write bytes.
 *
 * <p>The bytes {@code !}–{@code ~}, {@code ¡}–{@code ¬} and {@code ®}–{@code ÿ} are the code points
 * of the same number; the 68 others are U+0100 and following, in ascending order.
 */
public final class ByteAlphabet {
    private static final int FIRST_REPLACEMENT = 0x100;
    private static final int NUM_REPLACED = 68;
    private static final char[] LETTERS = letters();
    private static final int[] BYTES = bytes(LETTERS);

    private ByteAlphabet() {}

    /** The letter that stands for a byte, 0 to 255. */
    public static char letter(int value) {
        return LETTERS[value];
    }

    /**
     * The bytes that a token stands for: each letter its byte, or, where the token has a character
     * outside the alphabet, the UTF-8 form of the token.
     */
    public static byte[] bytesOf(String token) {
        byte[] bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            char letter = token.charAt(i);
            if (letter >= BYTES.length || BYTES[letter] < 0) {
                return token.getBytes(StandardCharsets.UTF_8);
            }
            bytes[i] = (byte) BYTES[letter];
        }
        return bytes;
    }

    /** Whether a token has letters of the alphabet only. */
    public static boolean isWritten(String token) {
        for (int i = 0; i < token.length(); i++) {
            char letter = token.charAt(i);
            if (letter >= BYTES.length || BYTES[letter] < 0) {
                return false;
            }
        }
        return true;
    }

    private static char[] letters() {
        char[] letters = new char[256];
        int replacement = FIRST_REPLACEMENT;
        for (int value = 0; value < letters.length; value++) {
            letters[value] = (char) (isPrintable(value) ? value : replacement++);
        }
        return letters;
    }

    private static int[] bytes(char[] letters) {
        int[] bytes = new int[FIRST_REPLACEMENT + NUM_REPLACED];
        Arrays.fill(bytes, -1);
        for (int value = 0; value < letters.length; value++) {
            bytes[letters[value]] = value;
        }
        return bytes;
    }

    private static boolean isPrintable(int value) {
        return value >= '!' && value <= '~' || value >= 0xA1 && value != 0xAD;
    }
}
