package dev.nightjar.tokenizer.jinja.text;

import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** Kinds of characters as Python's {@code str} knows them, which is not how Java knows them. */
public final class Characters {
    private static final String OTHER_SPACE = "\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000";

    /** Sets of characters up to this length are searched, longer ones are hashed. */
    private static final int SEARCHED_CHARS = 16;

    private Characters() {}

    /** White space. */
    public static boolean isSpace(int c) {
        return c == ' '
                || c >= '\t' && c <= '\r'
                || c >= 0x1c && c <= 0x1f
                || c >= 0x2000 && c <= 0x200a
                || c > 0x7f && OTHER_SPACE.indexOf(c) >= 0;
    }

    /** What ends a line. */
    public static boolean isLineEnd(int c) {
        return c >= '\n' && c <= '\r'
                || c >= 0x1c && c <= 0x1e
                || c == 0x85
                || c == 0x2028
                || c == 0x2029;
    }

    /** What stands as itself between the quotes of a {@code repr}. */
    public static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    /** The text without white space at its ends. */
    public static String strip(String text, Side side) {
        return strip(text, side, Characters::isSpace);
    }

    /** The text without any of these characters at its ends. */
    public static String strip(String text, Side side, String chars) {
        if (chars.length() <= SEARCHED_CHARS) {
            return strip(text, side, c -> chars.indexOf(c) >= 0);
        }
        var set = chars.codePoints().boxed().collect(Collectors.toSet());
        return strip(text, side, set::contains);
    }

    private static String strip(String text, Side side, IntPredicate isStripped) {
        int start = 0;
        int end = text.length();
        while (side != Side.RIGHT && start < end && isStripped.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (side != Side.LEFT && start < end && isStripped.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }
}
