package dev.nightjar.tokenizer.jinja.syntax;

import dev.nightjar.tokenizer.jinja.syntax.Token.Type;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Position;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The tokens of a template, one after the other; also guards how deep a parser goes. */
final class TokenStream {
    /** A level takes a dozen frames of the parser's stack. */
    private static final int MAX_DEPTH = 100;

    private final List<Token> tokens;
    private int next;
    private int depth;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(next);
    }

    Token look() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Position at() {
        return current().at();
    }

    /** How many tokens lie behind. */
    int position() {
        return next;
    }

    /** The names among the tokens behind, from a position on. */
    Set<String> namesSince(int position) {
        return tokens.subList(position, next).stream()
                .filter(token -> token.type() == Type.NAME)
                .map(Token::text)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The current token; the one after becomes current. */
    Token advance() {
        Token token = current();
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    boolean skipName(String name) {
        boolean isFound = current().isName(name);
        if (isFound) {
            advance();
        }
        return isFound;
    }

    boolean skipOperator(String operator) {
        boolean isFound = current().isOperator(operator);
        if (isFound) {
            advance();
        }
        return isFound;
    }

    Token expectName() {
        return current().type() == Type.NAME ? advance() : this.<Token>unexpected("a name");
    }

    void expectName(String name) {
        if (!skipName(name)) {
            unexpected("'" + name + "'");
        }
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            unexpected("'" + operator + "'");
        }
    }

    void expect(Type type) {
        if (current().type() != type) {
            unexpected(Token.of(type, "", at()).description());
        }
        advance();
    }

    <T> T unexpected(String expected) {
        throw error("expected %s, found %s".formatted(expected, current().description()), at());
    }

    static JinjaException error(String message, Position at) {
        return JinjaException.of(JinjaException.Kind.SYNTAX, message).at(at);
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw JinjaException.limit("the template nests more than %d deep".formatted(MAX_DEPTH))
                    .at(at());
        }
    }

    void leave() {
        depth--;
    }
}
