package dev.nightjar.tokenizer.jinja.text;

/** Positions counted in code points, as Python counts, over strings that Java counts in units. */
public final class CodePoints {
    private CodePoints() {}

    /** The number of code points. O(n). */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The code points {@code [from, to)}; both within the text. O(n). */
    public static String substring(String text, int from, int to) {
        int start = text.offsetByCodePoints(0, from);
        return text.substring(start, text.offsetByCodePoints(start, to - from));
    }

    /** The order of two texts by their code points. */
    public static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return Character.isSurrogate(x) == Character.isSurrogate(y)
                        ? Character.compare(x, y)
                        : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
