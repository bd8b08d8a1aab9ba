package dev.nightjar.tokenizer.jinja.method;

import dev.nightjar.tokenizer.jinja.text.Finder;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Str;

/** Puts one text in the place of another, wherever it stands. */
public final class Replacement {
    private Replacement() {}

    /**
     * The text with replacements.
     *
     * @param count replacements at most; all if below 0
     */
    public static Str of(String text, String old, String by, int count, Runtime runtime) {
        int left = count < 0 ? Integer.MAX_VALUE : count;
        return old.isEmpty()
                ? insert(text, by, left, runtime)
                : replace(text, old, by, left, runtime);
    }

    private static Str replace(String text, String old, String by, int count, Runtime runtime) {
        Finder finder = new Finder(old);
        StringBuilder result = new StringBuilder(text.length());
        int start = 0;
        int left = count;
        for (int at = finder.next(text, 0); at >= 0 && left-- > 0; at = finder.next(text, start)) {
            runtime.budget().text((long) at - start + by.length());
            result.append(text, start, at).append(by);
            start = at + old.length();
        }
        runtime.budget().text(text.length() - start);
        return Str.of(result.append(text, start, text.length()).toString());
    }

    /** The empty text stands before every character and at the end. */
    private static Str insert(String text, String by, int count, Runtime runtime) {
        StringBuilder result = new StringBuilder(text.length());
        int left = count;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (left-- > 0) {
                runtime.budget().text(by.length());
                result.append(by);
            }
            runtime.budget().text(1);
            result.appendCodePoint(text.codePointAt(i));
        }
        if (left > 0) {
            runtime.budget().text(by.length());
            result.append(by);
        }
        return Str.of(result.toString());
    }
}
