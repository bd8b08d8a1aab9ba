package dev.nightjar.server.error;

/** A text that came from a client, as an error message may repeat it: short and well-formed. */
final class Excerpt {

    private static final int MAX_LENGTH = 1_000;
    private static final int NUM_KEPT = 400;

    private Excerpt() {}

    /** The text; of a long one its beginning and end, and of a broken character a mark. */
    static String of(String text) {
        if (text.length() <= MAX_LENGTH) {
            return wellFormed(text);
        }
        int rest = text.length() - NUM_KEPT;
        return wellFormed(text.substring(0, NUM_KEPT))
                + " … (%d characters) … ".formatted(text.length() - 2 * NUM_KEPT)
                + wellFormed(text.substring(rest));
    }

    private static String wellFormed(String text) {
        boolean isWhole = text.codePoints().noneMatch(Excerpt::isHalf);
        if (isWhole) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints().map(point -> isHalf(point) ? '?' : point).forEach(whole::appendCodePoint);
        return whole.toString();
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
