package dev.nightjar.tokenizer.jinja.syntax;

import dev.nightjar.tokenizer.jinja.syntax.Expression.Attribute;
import dev.nightjar.tokenizer.jinja.syntax.Expression.Call;
import dev.nightjar.tokenizer.jinja.syntax.Expression.CallArguments;
import dev.nightjar.tokenizer.jinja.syntax.Expression.DictLiteral;
import dev.nightjar.tokenizer.jinja.syntax.Expression.Item;
import dev.nightjar.tokenizer.jinja.syntax.Expression.ListLiteral;
import dev.nightjar.tokenizer.jinja.syntax.Expression.Literal;
import dev.nightjar.tokenizer.jinja.syntax.Expression.Name;
import dev.nightjar.tokenizer.jinja.syntax.Expression.Slice;
import dev.nightjar.tokenizer.jinja.syntax.Expression.TupleLiteral;
import dev.nightjar.tokenizer.jinja.syntax.Token.Type;
import dev.nightjar.tokenizer.jinja.value.Bool;
import dev.nightjar.tokenizer.jinja.value.Nothing;
import dev.nightjar.tokenizer.jinja.value.Position;
import dev.nightjar.tokenizer.jinja.value.Str;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names, literals and brackets, with the members, items and calls that follow them. */
final class OperandParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;

    OperandParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Expression primary() {
        Token token = tokens.current();
        return switch (token.type()) {
            case NAME -> name(tokens.advance());
            case STRING -> string();
            case INTEGER, FLOAT -> new Literal(token.at(), tokens.advance().value());
            case OPERATOR -> bracket(token);
            default -> tokens.unexpected("an expression");
        };
    }

    private static Expression name(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Literal(token.at(), Bool.TRUE);
            case "false", "False" -> new Literal(token.at(), Bool.FALSE);
            case "none", "None" -> new Literal(token.at(), Nothing.NONE);
            default -> new Name(token.at(), token.text());
        };
    }

    /** Strings side by side are one. */
    private Expression string() {
        Position at = tokens.at();
        StringBuilder text = new StringBuilder();
        while (tokens.current().type() == Type.STRING) {
            text.append(((Str) tokens.advance().value()).value());
        }
        return new Literal(at, Str.of(text.toString()));
    }

    private Expression bracket(Token token) {
        return switch (token.text()) {
            case "(" -> parenthesis();
            case "[" -> list();
            case "{" -> dict();
            default -> tokens.unexpected("an expression");
        };
    }

    private Expression parenthesis() {
        Position at = tokens.advance().at();
        if (tokens.skipOperator(")")) {
            return new TupleLiteral(at, List.of());
        }
        Expression inner = expressions.tuple(expressions::expression);
        tokens.expectOperator(")");
        return inner;
    }

    private Expression list() {
        Position at = tokens.advance().at();
        List<Expression> items = new ArrayList<>();
        while (!tokens.skipOperator("]")) {
            items.add(expressions.expression());
            if (!tokens.current().isOperator("]")) {
                tokens.expectOperator(",");
            }
        }
        return new ListLiteral(at, items);
    }

    private Expression dict() {
        Position at = tokens.advance().at();
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.skipOperator("}")) {
            keys.add(expressions.expression());
            tokens.expectOperator(":");
            values.add(expressions.expression());
            if (!tokens.current().isOperator("}")) {
                tokens.expectOperator(",");
            }
        }
        return new DictLiteral(at, keys, values);
    }

    /** Members, items and calls of an operand. */
    Expression postfix(Expression start) {
        Expression result = start;
        while (true) {
            if (tokens.current().isOperator(".")) {
                result = member(result);
            } else if (tokens.current().isOperator("[")) {
                result = item(result);
            } else if (tokens.current().isOperator("(")) {
                result = call(result);
            } else {
                return result;
            }
        }
    }

    private Expression member(Expression target) {
        Position at = tokens.advance().at();
        return switch (tokens.current().type()) {
            case NAME -> new Attribute(at, target, tokens.advance().text());
            case INTEGER -> new Item(at, target, primary());
            default -> tokens.unexpected("a name or an integer");
        };
    }

    private Expression item(Expression target) {
        Position at = tokens.advance().at();
        Optional<Expression> start =
                tokens.current().isOperator(":")
                        ? Optional.empty()
                        : Optional.of(expressions.tuple(expressions::expression));
        if (start.isPresent() && !tokens.current().isOperator(":")) {
            tokens.expectOperator("]");
            return new Item(at, target, start.get());
        }
        tokens.expectOperator(":");
        Optional<Expression> stop = bound();
        Optional<Expression> step = tokens.skipOperator(":") ? bound() : Optional.empty();
        tokens.expectOperator("]");
        return new Slice(at, target, start, stop, step);
    }

    private Optional<Expression> bound() {
        return tokens.current().isOperator(":") || tokens.current().isOperator("]")
                ? Optional.empty()
                : Optional.of(expressions.expression());
    }

    Expression call(Expression target) {
        Position at = tokens.at();
        return new Call(at, target, arguments());
    }

    /** What stands in parentheses, which are the current token. */
    CallArguments arguments() {
        ArgumentList list = new ArgumentList();
        tokens.expectOperator("(");
        while (!tokens.skipOperator(")")) {
            argument(list);
            if (!tokens.current().isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        return list.arguments();
    }

    private void argument(ArgumentList list) {
        Position at = tokens.at();
        if (tokens.skipOperator("*")) {
            list.check(list.spread.isEmpty() && list.namedSpread.isEmpty(), at);
            list.spread = Optional.of(expressions.expression());
        } else if (tokens.skipOperator("**")) {
            list.check(list.namedSpread.isEmpty(), at);
            list.namedSpread = Optional.of(expressions.expression());
        } else if (tokens.current().type() == Type.NAME && tokens.look().isOperator("=")) {
            list.check(list.namedSpread.isEmpty(), at);
            list.names.add(tokens.advance().text());
            tokens.advance();
            list.named.add(expressions.expression());
        } else {
            list.check(
                    list.spread.isEmpty() && list.namedSpread.isEmpty() && list.names.isEmpty(),
                    at);
            list.positional.add(expressions.expression());
        }
    }

    /** Arguments under construction. */
    private static final class ArgumentList {
        private final List<Expression> positional = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<Expression> named = new ArrayList<>();
        private Optional<Expression> spread = Optional.empty();
        private Optional<Expression> namedSpread = Optional.empty();

        void check(boolean isInOrder, Position at) {
            if (!isInOrder) {
                throw TokenStream.error(
                        "arguments by position stand before those by name, '*' before '**'", at);
            }
        }

        CallArguments arguments() {
            return new CallArguments(positional, names, named, spread, namedSpread);
        }
    }
}
