package dev.nightjar.engine.format.yaml;

import dev.nightjar.engine.format.MalformedFileException;
import java.util.ArrayList;
import java.util.List;

/** The lines of a document, one of which is looked at. For one thread. */
final class YamlLines {
    private final String file;
    private final List<String> lines;
    private int row;

    YamlLines(String file, String text) {
        this.file = file;
        lines = new ArrayList<>(text.lines().toList());
        begin();
    }

    /** Steps behind the mark that may begin a document. */
    private void begin() {
        skipBlank();
        if (has() && line().stripTrailing().equals("---")) {
            row++;
        }
    }

    boolean has() {
        return row < lines.size();
    }

    /** The line as it is. */
    String line() {
        return lines.get(row);
    }

    /** The line without spaces at both ends. */
    String content() {
        return line().strip();
    }

    /** How many spaces it begins with. */
    int indent() {
        String line = line();
        int indent = 0;
        while (indent < line.length() && line.charAt(indent) == ' ') {
            indent++;
        }
        if (indent < line.length() && line.charAt(indent) == '\t') {
            throw error("spaces before content", "a tab");
        }
        return indent;
    }

    boolean isBlank() {
        return line().isBlank();
    }

    void next() {
        row++;
    }

    /** Steps over lines that are empty or a comment. */
    void skipBlank() {
        while (has() && (isBlank() || content().startsWith("#"))) {
            row++;
        }
    }

    /** Puts spaces where a list's dash was, so that the rest is a block of its own. */
    void blankOut(int count) {
        lines.set(row, " ".repeat(count) + line().substring(count));
    }

    MalformedFileException error(String expected, String found) {
        return new MalformedFileException(
                file,
                "YAML, line %d,".formatted(row + 1),
                0,
                "expected %s, found %s".formatted(expected, found));
    }
}
