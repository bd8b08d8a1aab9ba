package dev.nightjar.tokenizer.jinja.text;

import java.util.Locale;

/** Upper, lower and title case as Python maps them. */
public final class CaseMapping {
    private CaseMapping() {}

    /** In upper case. */
    public static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /** In lower case. */
    public static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The first character in title case, the rest in lower case. */
    public static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int rest = text.offsetByCodePoints(0, 1);
        return Character.toString(Character.toTitleCase(text.codePointAt(0)))
                + lower(text.substring(rest));
    }

    /** Every character that follows an uncased one in title case, the others in lower case. */
    public static String title(String text) {
        StringBuilder title = new StringBuilder(text.length());
        boolean isInWord = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            title.appendCodePoint(isInWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
            isInWord = isCased(c);
        }
        return title.toString();
    }

    /** Every character in the other case. */
    public static String swap(String text) {
        StringBuilder swapped = new StringBuilder(text.length());
        text.codePoints()
                .mapToObj(Character::toString)
                .forEach(c -> swapped.append(c.equals(upper(c)) ? lower(c) : upper(c)));
        return swapped.toString();
    }

    /** Whether there is a cased character and all of them are lower case. */
    public static boolean isLower(String text) {
        return text.codePoints().anyMatch(CaseMapping::isCased)
                && text.codePoints()
                        .noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }

    /** Whether there is a cased character and all of them are upper case. */
    public static boolean isUpper(String text) {
        return text.codePoints().anyMatch(CaseMapping::isCased)
                && text.codePoints()
                        .noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }

    private static boolean isCased(int c) {
        return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
    }
}
