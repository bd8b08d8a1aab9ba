package dev.nightjar.tokenizer.template;

import java.util.ArrayList;
import java.util.List;

/**
 * One spelling for Jinja sources that render the same: what {@link ChatTemplates} compares.
 *
 * <p>Text and adjacent outputs become one output, adjacent literals one literal in single quotes
 * with line ends escaped, {@code a.role} becomes {@code a['role']}, and a space stands between two
 * words only. White space outside of tags goes where a dash or the usual settings of chat templates
 * ({@code trim_blocks}, {@code lstrip_blocks}) remove it, and is text otherwise.
 */
final class TemplateNormalForm {
    private static final int MIN_TAG_LENGTH = 4;

    private final String source;
    private final StringBuilder form = new StringBuilder();

    /** Tokens of the outputs since the last statement, joined by plus signs. */
    private final List<String> output = new ArrayList<>();

    private TemplateNormalForm(String source) {
        this.source = source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
    }

    static String of(String source) {
        return new TemplateNormalForm(source).write();
    }

    private String write() {
        int position = 0;
        String before = "";
        while (position < source.length()) {
            int tag = nextTag(position);
            String after = source.substring(tag, Math.min(tag + 3, source.length()));
            appendText(source.substring(position, tag), before, after);
            if (tag == source.length()) {
                break;
            }
            position = endOfTag(tag);
            before = source.substring(Math.max(tag, position - 3), position);
            appendTag(source.substring(tag, position));
        }
        flushOutput();
        return form.toString();
    }

    private int nextTag(int from) {
        for (int i = from; i + 1 < source.length(); i++) {
            if (source.charAt(i) == '{' && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return source.length();
    }

    /** The end of a tag, a quoted closing mark being none; the end of the source if it is open. */
    private int endOfTag(int tag) {
        String closing = source.charAt(tag + 1) == '{' ? "}}" : source.charAt(tag + 1) + "}";
        int i = tag + 2;
        while (i < source.length() && !source.startsWith(closing, i)) {
            i =
                    TemplateTokens.isQuote(source.charAt(i))
                            ? TemplateTokens.endOfLiteral(source, i)
                            : i + 1;
        }
        return Math.min(i + 2, source.length());
    }

    private void appendText(String text, String before, String after) {
        String kept = text;
        if (after.endsWith("-")) {
            kept = kept.stripTrailing();
        } else if (after.startsWith("{%")) {
            kept = withoutIndent(kept, before.isEmpty());
        }
        if (before.startsWith("-")) {
            kept = kept.stripLeading();
        } else if (before.endsWith("%}") && kept.startsWith("\n")) {
            kept = kept.substring(1);
        }
        if (!kept.isEmpty()) {
            appendOutput(List.of(TemplateTokens.literal(kept)));
        }
    }

    /** Spaces before a statement go if nothing else stands before it in its line. */
    private static String withoutIndent(String text, boolean isStart) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
            end--;
        }
        boolean isLineStart = end == 0 ? isStart : text.charAt(end - 1) == '\n';
        return isLineStart ? text.substring(0, end) : text;
    }

    private void appendTag(String tag) {
        boolean isClosed = tag.length() >= MIN_TAG_LENGTH && tag.endsWith("}");
        if (tag.startsWith("{#") || !isClosed) {
            flushOutput();
            form.append(tag);
            return;
        }
        int from = tag.charAt(2) == '-' ? 3 : 2;
        int to = tag.length() - (tag.charAt(tag.length() - 3) == '-' ? 3 : 2);
        List<String> tokens = TemplateTokens.of(tag.substring(from, Math.max(from, to)));
        if (tag.startsWith("{{")) {
            appendOutput(tokens);
        } else {
            flushOutput();
            form.append("{%").append(TemplateTokens.join(tokens)).append("%}");
        }
    }

    private void appendOutput(List<String> tokens) {
        if (!output.isEmpty()) {
            output.add("+");
        }
        output.addAll(tokens);
    }

    private void flushOutput() {
        if (!output.isEmpty()) {
            form.append("{{").append(TemplateTokens.join(output)).append("}}");
            output.clear();
        }
    }
}
