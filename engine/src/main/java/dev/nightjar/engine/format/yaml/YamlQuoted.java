package dev.nightjar.engine.format.yaml;

import java.util.List;

/** Text in quotes. */
final class YamlQuoted {
    private static final String NAMES = "0abtnvfre\"\\/ N_LP\t";
    private static final String MEANINGS =
            "\0\u0007\b\t\n\u000b\f\r\u001b\"\\/ \u0085\u00a0\u2028\u2029\t";

    private YamlQuoted() {}

    /** Where the closing quote stands, from a place behind the opening one; −1 if nowhere. */
    static int end(String text, int from, char quote) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote == '"') {
                i++;
            } else if (c == quote) {
                boolean isDoubled =
                        quote == '\'' && i + 1 < text.length() && text.charAt(i + 1) == quote;
                if (!isDoubled) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** What raw text between quotes means; its lines are folded. */
    static String text(String raw, char quote, YamlLines lines) {
        String folded = folded(raw.lines().toList(), quote == '"');
        return quote == '"' ? unescaped(folded, lines) : folded.replace("''", "'");
    }

    /** A break becomes a space; empty lines become breaks. */
    private static String folded(List<String> parts, boolean hasEscapes) {
        if (parts.size() < 2) {
            return parts.isEmpty() ? "" : parts.getFirst();
        }
        StringBuilder text = new StringBuilder(parts.getFirst().stripTrailing());
        int blanks = 0;
        for (int i = 1; i < parts.size(); i++) {
            boolean isLast = i == parts.size() - 1;
            String part = isLast ? parts.get(i).stripLeading() : parts.get(i).strip();
            if (part.isEmpty() && !isLast) {
                blanks++;
                continue;
            }
            if (hasEscapes && endsInEscape(text)) {
                text.setLength(text.length() - 1);
            } else {
                text.append(blanks > 0 ? "\n".repeat(blanks) : " ");
            }
            text.append(part);
            blanks = 0;
        }
        return text.toString();
    }

    private static boolean endsInEscape(StringBuilder text) {
        int slashes = 0;
        while (slashes < text.length() && text.charAt(text.length() - 1 - slashes) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    private static String unescaped(String text, YamlLines lines) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                result.append(c);
                continue;
            }
            i++;
            char name = i < text.length() ? text.charAt(i) : '?';
            int digits = "xuU".indexOf(name) < 0 ? 0 : 2 << "xuU".indexOf(name);
            if (digits > 0) {
                result.appendCodePoint(code(text, i + 1, digits, lines));
                i += digits;
            } else if (NAMES.indexOf(name) >= 0) {
                result.append(MEANINGS.charAt(NAMES.indexOf(name)));
            } else {
                throw lines.error("an escape that is known", "\\" + name);
            }
        }
        return result.toString();
    }

    private static int code(String text, int from, int digits, YamlLines lines) {
        int code = -1;
        if (from + digits <= text.length()) {
            try {
                code = Integer.parseUnsignedInt(text, from, from + digits, 16);
            } catch (NumberFormatException e) {
                code = -1;
            }
        }
        if (!Character.isValidCodePoint(code)) {
            throw lines.error("%d hexadecimal digits".formatted(digits), "others");
        }
        return code;
    }
}
