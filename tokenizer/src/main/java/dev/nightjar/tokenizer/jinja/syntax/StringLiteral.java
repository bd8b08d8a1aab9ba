package dev.nightjar.tokenizer.jinja.syntax;

import dev.nightjar.tokenizer.jinja.value.JinjaException;

/**
 * The text that a string literal stands for. An unknown escape stands for itself, backslash
 * included.
 */
final class StringLiteral {
    private static final int OCTAL_DIGITS = 3;

    private final String literal;
    private final StringBuilder text = new StringBuilder();
    private int position;

    private StringLiteral(String literal) {
        this.literal = literal;
    }

    static String unescape(String literal) {
        return literal.indexOf('\\') < 0 ? literal : new StringLiteral(literal).read();
    }

    private String read() {
        while (position < literal.length()) {
            char c = literal.charAt(position++);
            if (c == '\\') {
                readEscape(literal.charAt(position++));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private void readEscape(char c) {
        switch (c) {
            case '\n' -> {}
            case '\\', '\'', '"' -> text.append(c);
            case 'a' -> text.append('\u0007');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'v' -> text.append('\u000b');
            case 'x' -> appendHex(2);
            case 'u' -> appendHex(4);
            case 'U' -> appendHex(8);
            case 'N' ->
                    throw JinjaException.of(
                            JinjaException.Kind.UNSUPPORTED,
                            "characters by name (\\N{...}) are not supported; use \\uXXXX");
            default -> readOther(c);
        }
    }

    private void readOther(char c) {
        if (c < '0' || c > '7') {
            text.append('\\').append(c);
            return;
        }
        int value = c - '0';
        for (int i = 1; i < OCTAL_DIGITS && isOctal(); i++) {
            value = 8 * value + literal.charAt(position++) - '0';
        }
        text.appendCodePoint(value);
    }

    private boolean isOctal() {
        return position < literal.length()
                && literal.charAt(position) >= '0'
                && literal.charAt(position) <= '7';
    }

    private void appendHex(int digits) {
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit =
                    position < literal.length()
                            ? Character.digit(literal.charAt(position++), 16)
                            : -1;
            if (digit < 0) {
                throw JinjaException.of(
                        JinjaException.Kind.SYNTAX,
                        "the escape needs %d hexadecimal digits".formatted(digits));
            }
            value = 16 * value + digit;
        }
        if (value > Character.MAX_CODE_POINT) {
            throw JinjaException.of(JinjaException.Kind.SYNTAX, "the escape is no character");
        }
        text.appendCodePoint((int) value);
    }
}
