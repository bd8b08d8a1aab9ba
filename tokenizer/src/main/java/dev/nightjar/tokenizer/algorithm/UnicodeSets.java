package dev.nightjar.tokenizer.algorithm;

/** Sets of code points as the published tokenizers draw them. */
public final class UnicodeSets {
    private static final int MARKS =
            1 << Character.NON_SPACING_MARK
                    | 1 << Character.ENCLOSING_MARK
                    | 1 << Character.COMBINING_SPACING_MARK;
    private static final int WORD_TYPES =
            MARKS | 1 << Character.DECIMAL_DIGIT_NUMBER | 1 << Character.CONNECTOR_PUNCTUATION;
    private static final int CONTROL_TYPES =
            1 << Character.CONTROL | 1 << Character.FORMAT | 1 << Character.PRIVATE_USE;

    private UnicodeSets() {}

    /** White_Space. */
    public static boolean isSpace(int codePoint) {
        return (CodePoints.classes(codePoint) & CodePoints.SPACE) != 0;
    }

    /** What {@code \w} matches: letters, marks, digits, connectors and the joiners. */
    public static boolean isWord(int codePoint) {
        return isOf(WORD_TYPES, codePoint)
                || Character.isAlphabetic(codePoint)
                || codePoint == 0x200C
                || codePoint == 0x200D;
    }

    /** ASCII punctuation and symbols, and every other character of the classes {@code P*}. */
    public static boolean isPunctuation(int codePoint) {
        if (codePoint < 128) {
            return codePoint > ' ' && codePoint < 127 && !Character.isLetterOrDigit(codePoint);
        }
        return (CodePoints.classes(codePoint) & CodePoints.PUNCTUATION) != 0;
    }

    /** {@code Nd}, {@code Nl} and {@code No}. */
    public static boolean isNumeric(int codePoint) {
        return (CodePoints.classes(codePoint) & CodePoints.NUMBER) != 0;
    }

    /** {@code Mn}, {@code Mc} and {@code Me}. */
    public static boolean isMark(int codePoint) {
        return isOf(MARKS, codePoint);
    }

    /** Control, format and private characters, but for tab and line ends. */
    public static boolean isControl(int codePoint) {
        return isOf(CONTROL_TYPES, codePoint)
                && codePoint != '\t'
                && codePoint != '\n'
                && codePoint != '\r';
    }

    /** The blocks of Chinese characters that BERT puts spaces around. */
    public static boolean isChinese(int codePoint) {
        return codePoint >= 0x3400
                && (codePoint >= 0x4E00 && codePoint <= 0x9FFF
                        || codePoint <= 0x4DBF
                        || codePoint >= 0x20000 && codePoint <= 0x2A6DF
                        || codePoint >= 0x2A700 && codePoint <= 0x2B73F
                        || codePoint >= 0x2B740 && codePoint <= 0x2B81F
                        || codePoint >= 0x2B920 && codePoint <= 0x2CEAF
                        || codePoint >= 0xF900 && codePoint <= 0xFAFF
                        || codePoint >= 0x2F800 && codePoint <= 0x2FA1F);
    }

    private static boolean isOf(int types, int codePoint) {
        return (types >> Character.getType(codePoint) & 1) != 0;
    }
}
