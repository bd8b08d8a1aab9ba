package dev.nightjar.tokenizer.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The tokens of a Jinja expression, each in one spelling: literals in single quotes with line ends
 * escaped, attributes of a message in brackets, no white space.
 */
final class TemplateTokens {
    private static final Set<String> ATTRIBUTES = Set.of("role", "content");

    private TemplateTokens() {}

    static List<String> of(String expression) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < expression.length(); ) {
            char c = expression.charAt(i);
            int end = isQuote(c) ? endOfLiteral(expression, i) : endOfToken(expression, i);
            String token = expression.substring(i, end);
            if (isQuote(c)) {
                tokens.add(literal(text(token.substring(1, Math.max(1, token.length() - 1)))));
            } else if (!Character.isWhitespace(c)) {
                addPlain(token, tokens);
            }
            i = end;
        }
        return tokens;
    }

    /** One text: neighbouring literals that are added are one, a space parts words only. */
    static String join(List<String> tokens) {
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            boolean isMerged =
                    i >= 2
                            && isLiteral(token)
                            && tokens.get(i - 1).equals("+")
                            && isLiteral(tokens.get(i - 2));
            if (isMerged) {
                joined.setLength(joined.length() - "'+".length());
                joined.append(token, 1, token.length());
            } else {
                boolean partsWords = i > 0 && isWord(token) && isWord(tokens.get(i - 1));
                joined.append(partsWords ? " " : "").append(token);
            }
        }
        return joined.toString();
    }

    static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    /** The position after the literal that begins with the quote at {@code start}. */
    static int endOfLiteral(String source, int start) {
        char quote = source.charAt(start);
        int i = start + 1;
        while (i < source.length() && source.charAt(i) != quote) {
            i += source.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, source.length());
    }

    /** A literal with this text. */
    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }

    /** The text of a literal without its quotes; an escape of another kind stays as it is. */
    static String text(String literal) {
        StringBuilder text = new StringBuilder(literal.length());
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            char escaped = c == '\\' && i + 1 < literal.length() ? literal.charAt(i + 1) : 0;
            switch (escaped) {
                case 'n' -> text.append('\n');
                case '\\', '\'', '"' -> text.append(escaped);
                default -> text.append(c);
            }
            i += "n\\'\"".indexOf(escaped) >= 0 ? 1 : 0;
        }
        return text.toString();
    }

    private static void addPlain(String token, List<String> tokens) {
        if (ATTRIBUTES.contains(token) && !tokens.isEmpty() && tokens.getLast().equals(".")) {
            tokens.removeLast();
            tokens.addAll(List.of("[", literal(token), "]"));
        } else {
            tokens.add(token);
        }
    }

    private static int endOfToken(String expression, int start) {
        int end = start;
        while (end < expression.length() && isWordPart(expression.charAt(end))) {
            end++;
        }
        return Math.max(end, start + 1);
    }

    private static boolean isLiteral(String token) {
        return token.startsWith("'");
    }

    private static boolean isWord(String token) {
        return isWordPart(token.charAt(0));
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
