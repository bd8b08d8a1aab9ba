package dev.nightjar.tokenizer.jinja.syntax;

import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Position;
import java.util.regex.Pattern;

/**
 * The characters of a template, line ends unified and the last one dropped, with a place that only
 * moves forward.
 */
final class SourceText {
    private static final Pattern OTHER_LINE_ENDS = Pattern.compile("\r\n?");

    private final String text;
    private int line = 1;
    private int lineStart;
    private int counted;

    SourceText(String source) {
        String unified = OTHER_LINE_ENDS.matcher(source).replaceAll("\n");
        text = unified.endsWith("\n") ? unified.substring(0, unified.length() - 1) : unified;
    }

    String text() {
        return text;
    }

    int length() {
        return text.length();
    }

    /** The character, or 0 behind the end. */
    char at(int offset) {
        return offset < text.length() ? text.charAt(offset) : 0;
    }

    boolean startsWith(String prefix, int offset) {
        return text.startsWith(prefix, offset);
    }

    String substring(int from, int to) {
        return text.substring(from, to);
    }

    /** The place of an offset, which is not before the last one asked for. */
    Position position(int offset) {
        for (; counted < offset; counted++) {
            if (text.charAt(counted) == '\n') {
                line++;
                lineStart = counted + 1;
            }
        }
        return new Position(line, offset - lineStart + 1);
    }

    JinjaException error(String message, int offset) {
        return JinjaException.of(JinjaException.Kind.SYNTAX, message)
                .at(position(Math.max(offset, counted)));
    }
}
