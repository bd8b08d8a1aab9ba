package dev.nightjar.server.cli.encode;

/** Texts as cells of a table. */
final class ShortText {

    private static final int MAX_CHARACTERS = 40;

    private ShortText() {}

    /** The beginning of a text, on one line; what could control a terminal is left out. */
    static String of(String text) {
        return of(text, MAX_CHARACTERS);
    }

    /** With another length, in code points. */
    static String of(String text, int max) {
        String line = text.replaceAll("[\\p{Cc}\\s]+", " ").strip();
        return line.codePointCount(0, line.length()) <= max
                ? line
                : line.substring(0, line.offsetByCodePoints(0, max - 1)).stripTrailing() + "…";
    }
}
