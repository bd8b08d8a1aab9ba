package dev.nightjar.bench.sample;

import dev.nightjar.bench.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One of the API documents, as a list of lines. The documents are plain text without marks around
 * code, so a sample is found by the headings before and after it.
 *
 * @param lines of the document, or of a part of it
 */
public record SourceDocument(List<String> lines) {

    /** Reads a document; skips the test where it is missing. */
    public static SourceDocument read(String name) {
        Path file = Project.shared("spec/sources").resolve(name + ".txt");
        try {
            return new SourceDocument(Files.readAllLines(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What follows the first line that begins so, white space and bullets aside. */
    public SourceDocument after(String start) {
        return new SourceDocument(lines.subList(indexOf(start) + 1, lines.size()));
    }

    /** The same, with that line. */
    public SourceDocument from(String start) {
        return new SourceDocument(lines.subList(indexOf(start), lines.size()));
    }

    /** What stands before the first line that begins so. */
    public SourceDocument until(String end) {
        return new SourceDocument(lines.subList(0, indexOf(end)));
    }

    /** The first JSON value: from a line with a bracket alone up to its closing one. */
    public String firstJson() {
        int start = 0;
        while (!isOpening(lines.get(start).strip())) {
            start++;
        }
        int depth = 0;
        for (int i = start; i < lines.size(); i++) {
            depth += depthOf(lines.get(i));
            if (depth == 0) {
                return String.join("\n", lines.subList(start, i + 1));
            }
        }
        throw new AssertionError("no end of the JSON value at: " + lines.get(start));
    }

    /** All lines as one text. */
    public String text() {
        return String.join("\n", lines) + "\n";
    }

    private static boolean isOpening(String line) {
        return line.equals("{") || line.equals("[");
    }

    private static int depthOf(String line) {
        String code = line.replaceAll("\"[^\"]*\"", "");
        int depth = 0;
        for (char c : code.toCharArray()) {
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        }
        return depth;
    }

    private int indexOf(String start) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).replaceFirst("^[\\s•*-]+", "").startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError("no line begins with: " + start);
    }
}
