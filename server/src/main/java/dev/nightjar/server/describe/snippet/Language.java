package dev.nightjar.server.describe.snippet;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What snippets are written in. */
public enum Language {
    /** A line for a shell. */
    CURL,
    /** Python 3 with requests. */
    PYTHON,
    /** Node from version 18 on, or a browser's console but for the key. */
    JAVASCRIPT,
    /** One file for Java from version 17 on, without libraries. */
    JAVA;

    /** Its name on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The language of a name that is one of {@link #words}. */
    public static Language of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** All names. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Language::word).toList();
    }
}
