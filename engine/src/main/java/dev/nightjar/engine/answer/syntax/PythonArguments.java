package dev.nightjar.engine.answer.syntax;

import java.util.Optional;

/** Named arguments in Python's syntax, such as {@code city="Bern", days=[1, 2]}, as JSON. */
public final class PythonArguments {

    private static final int MAX_DEPTH = 64;

    private final String text;
    private final StringBuilder json = new StringBuilder();
    private int at;

    private PythonArguments(String text) {
        this.text = text;
    }

    /** The object of all arguments; empty if the text is something else. */
    public static Optional<String> json(String text) {
        PythonArguments arguments = new PythonArguments(text);
        return arguments.all() ? Optional.of(arguments.json.toString()) : Optional.empty();
    }

    private boolean all() {
        json.append('{');
        skip();
        boolean isRight = true;
        while (isRight && at < text.length()) {
            String key = word();
            isRight = !key.isEmpty() && take('=');
            json.append(JsonStrings.quote(key)).append(": ");
            isRight = isRight && value(0) && separator(text.length());
        }
        json.append('}');
        return isRight;
    }

    /** A comma, or the end; a comma before the end means nothing. */
    private boolean separator(int end) {
        skip();
        if (at == end) {
            return true;
        }
        boolean isComma = take(',');
        if (at < end) {
            json.append(", ");
        }
        return isComma;
    }

    private boolean value(int depth) {
        skip();
        if (at == text.length() || depth > MAX_DEPTH) {
            return false;
        }
        return switch (text.charAt(at)) {
            case '"', '\'' -> string();
            case '[' -> list(depth, ']');
            case '(' -> list(depth, ')');
            case '{' -> dict(depth);
            default -> constant();
        };
    }

    private boolean list(int depth, char end) {
        at++;
        json.append('[');
        while (!take(end)) {
            if (!value(depth + 1) || !next(end)) {
                return false;
            }
        }
        json.append(']');
        return true;
    }

    private boolean dict(int depth) {
        at++;
        json.append('{');
        while (!take('}')) {
            skip();
            boolean isText = at < text.length() && "\"'".indexOf(text.charAt(at)) >= 0;
            if (!isText || !string() || !take(':')) {
                return false;
            }
            json.append(": ");
            if (!value(depth + 1) || !next('}')) {
                return false;
            }
        }
        json.append('}');
        return true;
    }

    /** A comma between elements; the end stays where it is. */
    private boolean next(char end) {
        skip();
        if (at < text.length() && text.charAt(at) == end) {
            return true;
        }
        if (!take(',')) {
            return false;
        }
        skip();
        boolean isLast = at < text.length() && text.charAt(at) == end;
        json.append(isLast ? "" : ", ");
        return true;
    }

    private boolean string() {
        char quote = text.charAt(at);
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                at++;
                json.append(JsonStrings.quote(value.toString()));
                return true;
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                value.append(unescaped(text.charAt(at)));
            } else {
                value.append(c);
            }
        }
        return false;
    }

    private static String unescaped(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '\\', '"', '\'' -> String.valueOf(c);
            default -> "\\" + c;
        };
    }

    private boolean constant() {
        int start = at;
        while (at < text.length() && ",)]}: \n\t".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        Optional<String> value = JsonScanner.value(text.substring(start, at));
        value.ifPresent(json::append);
        return value.isPresent();
    }

    private String word() {
        skip();
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean take(char c) {
        skip();
        boolean isThere = at < text.length() && text.charAt(at) == c;
        at += isThere ? 1 : 0;
        return isThere;
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
