package dev.nightjar.tokenizer.jinja.syntax;

import dev.nightjar.tokenizer.jinja.syntax.Token.Type;
import dev.nightjar.tokenizer.jinja.text.Characters;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Position;
import dev.nightjar.tokenizer.jinja.value.Real;
import dev.nightjar.tokenizer.jinja.value.Str;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens inside of one tag. */
final class ExpressionLexer {
    private static final Pattern FLOAT =
            Pattern.compile(
                    "(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?[eE][+-]?(?:\\d+_)*\\d+"
                            + "|\\.(?:\\d+_)*\\d+)");
    private static final Pattern INTEGER =
            Pattern.compile(
                    "0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+"
                            + "|[1-9](?:_?[0-9])*|0(?:_?0)*");

    /** Longer ones first. */
    private static final List<String> OPERATORS =
            List.of(
                    "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(",
                    ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";");

    private static final int MAX_NUMBER_LENGTH = 4300;

    private final SourceText source;
    private final List<Token> tokens;
    private final String closing;
    private final Deque<Character> brackets = new ArrayDeque<>();
    private int position;
    private char endSign;

    /** Adds to {@code tokens} up to the closing mark. */
    ExpressionLexer(SourceText source, List<Token> tokens, String closing) {
        this.source = source;
        this.tokens = tokens;
        this.closing = closing;
    }

    /** Reads from {@code start} and returns where the tag ends, closing mark included. */
    int read(int start) {
        position = start;
        while (true) {
            skipSpace();
            if (position >= source.length()) {
                throw source.error(
                        "the tag has no end, expected '%s'".formatted(closing), source.length());
            }
            if (brackets.isEmpty() && isEnd()) {
                return position + closing.length();
            }
            readToken();
        }
    }

    /** The sign before the closing mark, or 0. */
    char endSign() {
        return endSign;
    }

    private void skipSpace() {
        while (position < source.length() && Characters.isSpace(source.at(position))) {
            position++;
        }
    }

    private boolean isEnd() {
        char c = source.at(position);
        boolean mayBeSign = c == '-' || c == '+' && closing.equals("%}");
        if (mayBeSign && source.startsWith(closing, position + 1)) {
            endSign = c;
            position++;
            return true;
        }
        return source.startsWith(closing, position);
    }

    private void readToken() {
        char c = source.at(position);
        if (c >= '0' && c <= '9') {
            readNumber();
        } else if (isWordPart(c)) {
            readName();
        } else if (c == '\'' || c == '"') {
            readString(c);
        } else {
            readOperator();
        }
    }

    private static boolean isWordPart(char c) {
        return c == '_' || Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }

    private void readNumber() {
        Position at = source.position(position);
        Matcher number = FLOAT.matcher(source.text()).region(position, source.length());
        // In "a.0.1" the numbers are positions.
        if (source.at(position - 1) != '.' && number.lookingAt()) {
            String text = checked(number.group());
            Real value = new Real(Double.parseDouble(text.replace("_", "")));
            tokens.add(new Token(Type.FLOAT, text, value, at));
        } else {
            number = INTEGER.matcher(source.text()).region(position, source.length());
            if (!number.lookingAt()) {
                throw source.error("expected a number", position);
            }
            String text = checked(number.group());
            tokens.add(new Token(Type.INTEGER, text, new Int(integer(text)), at));
        }
        position = number.end();
    }

    private String checked(String number) {
        if (number.length() > MAX_NUMBER_LENGTH) {
            throw source.error(
                    "a number may have at most %d digits".formatted(MAX_NUMBER_LENGTH), position);
        }
        return number;
    }

    private static BigInteger integer(String text) {
        String digits = text.replace("_", "");
        char kind = digits.length() > 1 ? Character.toLowerCase(digits.charAt(1)) : 0;
        return switch (kind) {
            case 'x' -> new BigInteger(digits.substring(2), 16);
            case 'o' -> new BigInteger(digits.substring(2), 8);
            case 'b' -> new BigInteger(digits.substring(2), 2);
            default -> new BigInteger(digits);
        };
    }

    private void readName() {
        Position at = source.position(position);
        int end = position;
        while (end < source.length() && isWordPart(source.at(end))) {
            end++;
        }
        String name = source.substring(position, end);
        boolean isIdentifier =
                name.codePoints().allMatch(c -> c == '_' || Character.isUnicodeIdentifierPart(c));
        if (!isIdentifier) {
            throw source.error("'%s' is no name".formatted(name), position);
        }
        tokens.add(Token.of(Type.NAME, name, at));
        position = end;
    }

    private void readString(char quote) {
        Position at = source.position(position);
        int end = position + 1;
        while (end < source.length() && source.at(end) != quote) {
            end += source.at(end) == '\\' ? 2 : 1;
        }
        if (end >= source.length()) {
            throw source.error("the string has no end, expected " + quote, position);
        }
        String literal = source.substring(position + 1, end);
        try {
            String text = StringLiteral.unescape(literal);
            tokens.add(new Token(Type.STRING, literal, Str.of(text), at));
        } catch (JinjaException malformed) {
            throw malformed.at(at);
        }
        position = end + 1;
    }

    private void readOperator() {
        Optional<String> found =
                OPERATORS.stream().filter(op -> source.startsWith(op, position)).findFirst();
        String operator =
                found.orElseThrow(
                        () ->
                                source.error(
                                        "unexpected character '%s'"
                                                .formatted(
                                                        Character.toString(
                                                                source.text()
                                                                        .codePointAt(position))),
                                        position));
        balance(operator.charAt(0));
        tokens.add(Token.of(Type.OPERATOR, operator, source.position(position)));
        position += operator.length();
    }

    private void balance(char c) {
        switch (c) {
            case '(' -> brackets.push(')');
            case '[' -> brackets.push(']');
            case '{' -> brackets.push('}');
            case ')', ']', '}' -> {
                if (brackets.isEmpty() || brackets.pop() != c) {
                    throw source.error("unexpected '%s'".formatted(c), position);
                }
            }
            default -> {}
        }
    }
}
