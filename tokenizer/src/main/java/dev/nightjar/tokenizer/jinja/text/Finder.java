package dev.nightjar.tokenizer.jinja.text;

/**
 * Finds one text in others, in time linear in both whatever they are (Knuth, Morris and Pratt for
 * all but short texts).
 */
public final class Finder {
    private static final int SHORT = 16;

    private final String sought;

    /** For a prefix of length i + 1, the length of its longest proper prefix that also ends it. */
    private final int[] border;

    /** Of a text that is not empty, or that is found everywhere. */
    public Finder(String sought) {
        this.sought = sought;
        this.border = sought.length() <= SHORT ? new int[0] : border(sought);
    }

    /** Where the text begins next at or after {@code from}, in units; -1 if nowhere. */
    public int next(String text, int from) {
        return border.length == 0 ? text.indexOf(sought, from) : search(text, from, Stop.FIRST);
    }

    /** Where the text begins last, in units; -1 if nowhere. */
    public int last(String text) {
        return border.length == 0 ? text.lastIndexOf(sought) : search(text, 0, Stop.LAST);
    }

    private enum Stop {
        FIRST,
        LAST
    }

    private int search(String text, int from, Stop stop) {
        int found = -1;
        int matched = 0;
        for (int i = from; i < text.length(); i++) {
            while (matched > 0 && text.charAt(i) != sought.charAt(matched)) {
                matched = border[matched - 1];
            }
            matched += text.charAt(i) == sought.charAt(matched) ? 1 : 0;
            if (matched == sought.length()) {
                found = i + 1 - matched;
                if (stop == Stop.FIRST) {
                    return found;
                }
                matched = border[matched - 1];
            }
        }
        return found;
    }

    private static int[] border(String text) {
        int[] border = new int[text.length()];
        int matched = 0;
        for (int i = 1; i < text.length(); i++) {
            while (matched > 0 && text.charAt(i) != text.charAt(matched)) {
                matched = border[matched - 1];
            }
            matched += text.charAt(i) == text.charAt(matched) ? 1 : 0;
            border[i] = matched;
        }
        return border;
    }
}
