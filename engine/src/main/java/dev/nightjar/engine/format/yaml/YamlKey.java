package dev.nightjar.engine.format.yaml;

import java.util.Optional;

/**
 * A key and what stands behind its colon.
 *
 * @param name without quotes
 * @param rest without spaces at both ends
 */
record YamlKey(String name, String rest) {

    /** The key that a line begins with, or empty. */
    static Optional<YamlKey> in(String content, YamlLines lines) {
        char first = content.charAt(0);
        if (first == '"' || first == '\'') {
            return quoted(content, first, lines);
        }
        if (first == '[' || first == '{') {
            return Optional.empty();
        }
        if (content.startsWith("? ") || content.equals("?")) {
            throw lines.error("plain keys", "a complex one");
        }
        for (int i = 0; i < content.length(); i++) {
            boolean isComment =
                    content.charAt(i) == '#' && content.charAt(Math.max(0, i - 1)) == ' ';
            if (isComment) {
                return Optional.empty();
            }
            if (isColon(content, i)) {
                YamlScalars.requirePlain(content, lines);
                return Optional.of(
                        new YamlKey(
                                content.substring(0, i).strip(), content.substring(i + 1).strip()));
            }
        }
        return Optional.empty();
    }

    private static Optional<YamlKey> quoted(String content, char quote, YamlLines lines) {
        int end = YamlQuoted.end(content, 1, quote);
        if (end < 0) {
            return Optional.empty();
        }
        String rest = content.substring(end + 1).stripLeading();
        if (!rest.startsWith(":") || rest.length() > 1 && rest.charAt(1) != ' ') {
            return Optional.empty();
        }
        String name = YamlQuoted.text(content.substring(1, end), quote, lines);
        return Optional.of(new YamlKey(name, rest.substring(1).strip()));
    }

    private static boolean isColon(String content, int i) {
        return content.charAt(i) == ':'
                && (i + 1 == content.length() || content.charAt(i + 1) == ' ');
    }
}
