package dev.nightjar.tokenizer.algorithm;

/** The spelling {@code <0xNN>} of tokens that stand for one byte. */
public final class ByteTokens {
    private static final int LENGTH = 6;
    private static final int NOT_A_BYTE = -1;

    private ByteTokens() {}

    /** The token of a byte, 0 to 255. */
    public static String of(int value) {
        return "<0x%02X>".formatted(value);
    }

    /** The byte that a token stands for, 0 to 255, or -1 if it is no such token. */
    public static int valueOf(String token) {
        if (token.length() != LENGTH || !token.startsWith("<0x") || token.charAt(5) != '>') {
            return NOT_A_BYTE;
        }
        int high = hexDigit(token.charAt(3));
        int low = hexDigit(token.charAt(4));
        return high < 0 || low < 0 ? NOT_A_BYTE : high << 4 | low;
    }

    private static int hexDigit(char c) {
        return c < 128 ? Character.digit(c, 16) : NOT_A_BYTE;
    }
}
