package dev.nightjar.engine.format.yaml;

import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.format.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;

/** Scalars and bracketed values, which may go on over lines that stand deeper than their key. */
final class YamlScalars {
    /** As it is looked through again with each line. */
    private static final int MAX_BRACKETED = 1 << 14;

    private final YamlLines lines;

    YamlScalars(YamlLines lines) {
        this.lines = lines;
    }

    /**
     * A value that begins on this line; afterwards the line behind it is looked at.
     *
     * @param start the rest of this line
     * @param parent indentation that lines of the value exceed
     */
    JsonValue read(String start, int parent) {
        return switch (start.charAt(0)) {
            case '"', '\'' -> quoted(start, parent);
            case '[', '{' -> bracketed(start, parent);
            case '|', '>' -> block(start, parent);
            default -> plain(start, parent);
        };
    }

    /** Refuses what means more than text. */
    static void requirePlain(String text, YamlLines lines) {
        char first = text.charAt(0);
        if ("&*!%@`,]}".indexOf(first) >= 0) {
            String what =
                    switch (first) {
                        case '&' -> "an anchor";
                        case '*' -> "an alias";
                        case '!' -> "a tag";
                        case '%' -> "a directive";
                        default -> "\"%c\"".formatted(first);
                    };
            throw lines.error("maps, lists and text", what + ", which is not supported");
        }
    }

    private JsonValue quoted(String start, int parent) {
        char quote = start.charAt(0);
        StringBuilder raw = new StringBuilder(start);
        int end = YamlQuoted.end(start, 1, quote);
        while (end < 0) {
            go(parent, "a closing quote");
            // Neither a doubled quote nor an escape goes on over the end of a line.
            int last = YamlQuoted.end(lines.line(), 0, quote);
            end = last < 0 ? -1 : raw.length() + 1 + last;
            raw.append('\n').append(lines.line());
        }
        requireNothing(raw.substring(end + 1));
        String text = YamlQuoted.text(raw.substring(1, end), quote, lines);
        lines.next();
        return new JsonString(text);
    }

    /** Goes to the next line, which must belong to the value. */
    private void go(int parent, String expected) {
        lines.next();
        if (!lines.has()) {
            throw lines.error(expected, "the end of the document");
        }
        if (!lines.isBlank() && lines.indent() <= parent) {
            throw lines.error(expected, lines.content());
        }
    }

    private void requireNothing(String rest) {
        String left = rest.strip();
        if (!left.isEmpty() && left.charAt(0) != '#') {
            throw lines.error("the end of the line", left);
        }
    }

    private JsonValue bracketed(String start, int parent) {
        StringBuilder raw = new StringBuilder(start);
        YamlFlow flow = new YamlFlow(raw.toString(), lines);
        while (!flow.isClosed()) {
            go(parent, "a closing bracket");
            raw.append(' ').append(lines.content());
            if (raw.length() > MAX_BRACKETED) {
                throw lines.error(
                        "brackets around at most %d characters".formatted(MAX_BRACKETED), "more");
            }
            flow = new YamlFlow(raw.toString(), lines);
        }
        JsonValue value = flow.read();
        requireNothing(flow.rest());
        lines.next();
        return value;
    }

    private JsonValue plain(String start, int parent) {
        requirePlain(start, lines);
        if (YamlKey.in(start, lines).isPresent()) {
            throw lines.error("text without a colon behind it", start);
        }
        StringBuilder text = new StringBuilder(withoutComment(start));
        int blanks = 0;
        lines.next();
        while (lines.has() && (lines.isBlank() || lines.indent() > parent)) {
            String content = lines.content();
            if (content.startsWith("#")) {
                break;
            }
            if (content.isEmpty()) {
                blanks++;
            } else {
                if (YamlKey.in(content, lines).isPresent()) {
                    throw lines.error("more text or less indentation", content);
                }
                text.append(blanks > 0 ? "\n".repeat(blanks) : " ");
                text.append(withoutComment(content));
                blanks = 0;
            }
            lines.next();
        }
        return YamlTypes.of(text.toString());
    }

    private static String withoutComment(String text) {
        int comment = text.indexOf(" #");
        return comment < 0 ? text : text.substring(0, comment).stripTrailing();
    }

    /** Lines as they are, or folded to one. */
    private JsonValue block(String header, int parent) {
        String flags = withoutComment(header.substring(1)).strip();
        if (!flags.matches("[+-]?|[1-9][+-]?|[+-][1-9]")) {
            throw lines.error("| or > with + or - and a digit", header);
        }
        List<String> body = new ArrayList<>();
        String digits = flags.replaceAll("[+-]", "");
        int indent = digits.isEmpty() ? -1 : Math.max(parent, 0) + Integer.parseInt(digits);
        lines.next();
        while (lines.has() && (lines.isBlank() || lines.indent() > parent)) {
            if (indent < 0 && !lines.isBlank()) {
                indent = lines.indent();
            }
            if (!lines.isBlank() && lines.indent() < indent) {
                break;
            }
            String line = lines.line();
            body.add(lines.isBlank() ? "" : line.substring(indent));
            lines.next();
        }
        return new JsonString(joined(body, header.charAt(0) == '>', flags));
    }

    private static String joined(List<String> body, boolean isFolded, String flags) {
        int end = body.size();
        while (end > 0 && body.get(end - 1).isEmpty()) {
            end--;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < end; i++) {
            String line = body.get(i);
            if (i > 0) {
                boolean isJoined =
                        isFolded
                                && !line.isEmpty()
                                && !body.get(i - 1).isEmpty()
                                && line.charAt(0) != ' '
                                && body.get(i - 1).charAt(0) != ' ';
                boolean isSwallowed = isFolded && line.isEmpty() && !body.get(i - 1).isEmpty();
                text.append(isJoined ? " " : isSwallowed ? "" : "\n");
            }
            text.append(line);
        }
        if (flags.contains("-") || end == 0 && !flags.contains("+")) {
            return text.toString();
        }
        return text.append("\n".repeat(flags.contains("+") ? body.size() - end + 1 : 1)).toString();
    }
}
