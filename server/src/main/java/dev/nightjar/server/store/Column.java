package dev.nightjar.server.store;

/** Texts as columns take them. */
final class Column {

    private Column() {}

    /** At most so many characters, without the one that PostgreSQL refuses, and not half of one. */
    static String shortened(String text, int maxLength) {
        String kept = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
        if (kept.length() > maxLength) {
            boolean isHalf = Character.isHighSurrogate(kept.charAt(maxLength - 1));
            kept = kept.substring(0, isHalf ? maxLength - 1 : maxLength);
        }
        return kept.codePoints().anyMatch(Column::isBroken) ? mended(kept) : kept;
    }

    private static boolean isBroken(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    private static String mended(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> isBroken(point) ? '?' : point)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }
}
