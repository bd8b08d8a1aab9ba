package dev.nightjar.tokenizer.algorithm;

/** Reads code points of valid UTF-8 and says to which Unicode classes they belong. */
public final class CodePoints {
    /** {@code \p{L}}. */
    public static final int LETTER = 1;

    /** {@code \p{N}}. */
    public static final int NUMBER = 2;

    /** {@code \s}, Unicode's White_Space. */
    public static final int SPACE = 4;

    /** CR and LF, which are SPACE as well. */
    public static final int NEWLINE = 8;

    /** {@code \p{P}}. */
    public static final int PUNCTUATION = 16;

    /** {@code \p{M}}. */
    public static final int MARK = 32;

    /** {@code \p{Lu}} and {@code \p{Lt}}, which are LETTER as well. */
    static final int UPPER = 64;

    /** {@code \p{Ll}}, which is LETTER as well. */
    static final int LOWER = 128;

    /** {@code \p{S}}. */
    static final int SYMBOL = 256;

    /** {@code \p{Nd}}, which is NUMBER as well. */
    static final int DIGIT = 512;

    /** The most bytes a code point has. */
    static final int MAX_LENGTH = 4;

    private static final short[] ASCII = ascii();

    private CodePoints() {}

    /** How many bytes the code point has that begins with this byte. */
    public static int length(byte lead) {
        if (lead >= 0) {
            return 1;
        }
        return (lead & 0xE0) == 0xC0 ? 2 : (lead & 0xF0) == 0xE0 ? 3 : 4;
    }

    /** The classes of the code point that begins at {@code i}, as a sum of bits; 0 if none. */
    public static int classes(byte[] utf8, int i) {
        byte lead = utf8[i];
        return lead >= 0 ? ASCII[lead] : classes(codePoint(utf8, i));
    }

    /** Where the code point begins that ends before {@code end > 0}. */
    public static int previous(byte[] utf8, int end) {
        int i = end - 1;
        while (i > 0 && (utf8[i] & 0xC0) == 0x80) {
            i--;
        }
        return i;
    }

    /** The code point that begins at {@code i}. */
    public static int codePoint(byte[] utf8, int i) {
        int lead = utf8[i];
        if (lead >= 0) {
            return lead;
        }
        return switch (length(utf8[i])) {
            case 2 -> (lead & 0x1F) << 6 | utf8[i + 1] & 0x3F;
            case 3 -> (lead & 0x0F) << 12 | (utf8[i + 1] & 0x3F) << 6 | utf8[i + 2] & 0x3F;
            default ->
                    (lead & 0x07) << 18
                            | (utf8[i + 1] & 0x3F) << 12
                            | (utf8[i + 2] & 0x3F) << 6
                            | utf8[i + 3] & 0x3F;
        };
    }

    /** The classes of a code point, as a sum of bits; 0 if none. */
    public static int classes(int codePoint) {
        return switch ((byte) Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> LETTER | UPPER;
            case Character.LOWERCASE_LETTER -> LETTER | LOWER;
            case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> LETTER;
            case Character.DECIMAL_DIGIT_NUMBER -> NUMBER | DIGIT;
            case Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK ->
                    MARK;
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION ->
                    PUNCTUATION;
            case Character.MATH_SYMBOL,
                    Character.CURRENCY_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.OTHER_SYMBOL ->
                    SYMBOL;
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    SPACE;
            case Character.CONTROL -> classesOfControl(codePoint);
            default -> 0;
        };
    }

    private static int classesOfControl(int codePoint) {
        return switch (codePoint) {
            case '\n', '\r' -> SPACE | NEWLINE;
            case '\t', 0x0B, '\f', 0x85 -> SPACE;
            default -> 0;
        };
    }

    private static short[] ascii() {
        short[] classes = new short[128];
        for (int c = 0; c < classes.length; c++) {
            classes[c] = (short) classes(c);
        }
        return classes;
    }
}
