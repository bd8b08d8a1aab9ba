package dev.nightjar.tokenizer.jinja.syntax;

import dev.nightjar.tokenizer.jinja.syntax.Expression.And;
import dev.nightjar.tokenizer.jinja.syntax.Expression.Binary;
import dev.nightjar.tokenizer.jinja.syntax.Expression.CallArguments;
import dev.nightjar.tokenizer.jinja.syntax.Expression.Comparison;
import dev.nightjar.tokenizer.jinja.syntax.Expression.Concat;
import dev.nightjar.tokenizer.jinja.syntax.Expression.Conditional;
import dev.nightjar.tokenizer.jinja.syntax.Expression.Filter;
import dev.nightjar.tokenizer.jinja.syntax.Expression.Not;
import dev.nightjar.tokenizer.jinja.syntax.Expression.Or;
import dev.nightjar.tokenizer.jinja.syntax.Expression.Sign;
import dev.nightjar.tokenizer.jinja.syntax.Expression.Test;
import dev.nightjar.tokenizer.jinja.syntax.Expression.TupleLiteral;
import dev.nightjar.tokenizer.jinja.syntax.Token.Type;
import dev.nightjar.tokenizer.jinja.value.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Operators, from those that bind least to those that bind most: {@code if}, {@code or}, {@code
 * and}, {@code not}, comparisons, {@code + -}, {@code ~}, {@code * / // %}, {@code **} (from the
 * left, unlike Python), signs, then filters and tests.
 */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> SUMS = Set.of("+", "-");
    private static final Set<String> PRODUCTS = Set.of("*", "/", "//", "%");
    private static final Set<String> POWERS = Set.of("**");

    /** Names that cannot begin the argument of a test. */
    private static final Set<String> NO_ARGUMENTS = Set.of("else", "or", "and");

    private final TokenStream tokens;
    private final OperandParser operands;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
        this.operands = new OperandParser(tokens, this);
    }

    Expression expression() {
        tokens.enter();
        Expression result = disjunction();
        while (tokens.current().isName("if")) {
            Position at = tokens.advance().at();
            Expression test = disjunction();
            Optional<Expression> otherwise =
                    tokens.skipName("else") ? Optional.of(expression()) : Optional.empty();
            result = new Conditional(at, test, result, otherwise);
        }
        tokens.leave();
        return result;
    }

    /** An expression without {@code if}, as the items of a loop are. */
    Expression disjunction() {
        Expression result = conjunction();
        while (tokens.current().isName("or")) {
            result = new Or(tokens.advance().at(), result, conjunction());
        }
        return result;
    }

    /** A name, a literal or brackets alone. */
    Expression operand() {
        return operands.primary();
    }

    /** An expression, or several with commas as a tuple. */
    Expression tuple(Supplier<Expression> item) {
        Position at = tokens.at();
        Expression first = item.get();
        if (!tokens.current().isOperator(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",") && !isTupleEnd()) {
            items.add(item.get());
        }
        return new TupleLiteral(at, items);
    }

    private boolean isTupleEnd() {
        Token token = tokens.current();
        return token.type() == Type.BLOCK_END
                || token.type() == Type.OUTPUT_END
                || token.isOperator(")")
                || token.isName("in")
                || token.isName("recursive");
    }

    private Expression conjunction() {
        Expression result = negation();
        while (tokens.current().isName("and")) {
            result = new And(tokens.advance().at(), result, negation());
        }
        return result;
    }

    private Expression negation() {
        if (!tokens.current().isName("not")) {
            return comparison();
        }
        Position at = tokens.advance().at();
        tokens.enter();
        Expression operand = negation();
        tokens.leave();
        return new Not(at, operand);
    }

    private Expression comparison() {
        Expression first = binary(0);
        List<Expression> compared = new ArrayList<>(List.of(first));
        List<String> operators = new ArrayList<>();
        Position at = tokens.at();
        for (Optional<String> operator = comparator();
                operator.isPresent();
                operator = comparator()) {
            operators.add(operator.get());
            compared.add(binary(0));
        }
        return operators.isEmpty() ? first : new Comparison(at, compared, operators);
    }

    private Optional<String> comparator() {
        Token token = tokens.current();
        if (token.type() == Type.OPERATOR && COMPARISONS.contains(token.text())) {
            return Optional.of(tokens.advance().text());
        }
        if (tokens.skipName("in")) {
            return Optional.of("in");
        }
        if (token.isName("not") && tokens.look().isName("in")) {
            tokens.advance();
            tokens.advance();
            return Optional.of("not in");
        }
        return Optional.empty();
    }

    private Expression binary(int level) {
        return switch (level) {
            case 0 -> leftToRight(SUMS, this::concat);
            case 1 -> leftToRight(PRODUCTS, () -> binary(2));
            default -> leftToRight(POWERS, () -> signed(true));
        };
    }

    private Expression leftToRight(Set<String> operators, Supplier<Expression> operand) {
        Expression result = operand.get();
        while (tokens.current().type() == Type.OPERATOR
                && operators.contains(tokens.current().text())) {
            Token operator = tokens.advance();
            result = new Binary(operator.at(), operator.text(), result, operand.get());
        }
        return result;
    }

    private Expression concat() {
        Expression first = binary(1);
        if (!tokens.current().isOperator("~")) {
            return first;
        }
        Position at = tokens.at();
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (tokens.skipOperator("~")) {
            parts.add(binary(1));
        }
        return new Concat(at, parts);
    }

    private Expression signed(boolean isFiltered) {
        Token token = tokens.current();
        Expression result;
        if (token.isOperator("-") || token.isOperator("+")) {
            tokens.advance();
            tokens.enter();
            result = new Sign(token.at(), token.isOperator("-"), signed(false));
            tokens.leave();
        } else {
            result = operands.primary();
        }
        result = operands.postfix(result);
        return isFiltered ? filtered(result) : result;
    }

    private Expression filtered(Expression start) {
        Expression result = start;
        while (true) {
            if (tokens.current().isOperator("|")) {
                result = filters(result);
            } else if (tokens.current().isName("is")) {
                result = test(result);
            } else if (tokens.current().isOperator("(")) {
                result = operands.call(result);
            } else {
                return result;
            }
        }
    }

    /** {@code | name(arguments)}, any number of times. */
    Expression filters(Expression start) {
        Expression result = start;
        while (tokens.skipOperator("|")) {
            result = filter(result);
        }
        return result;
    }

    /** {@code name(arguments)}. */
    Expression filter(Expression target) {
        Position at = tokens.at();
        String name = dottedName();
        CallArguments arguments =
                tokens.current().isOperator("(") ? operands.arguments() : CallArguments.NONE;
        return new Filter(at, target, name, arguments);
    }

    private Expression test(Expression target) {
        Position at = tokens.advance().at();
        boolean isNegated = tokens.skipName("not");
        String name = dottedName();
        Expression test = new Test(at, target, name, testArguments());
        return isNegated ? new Not(at, test) : test;
    }

    private CallArguments testArguments() {
        Token token = tokens.current();
        if (token.isOperator("(")) {
            return operands.arguments();
        }
        boolean hasArgument =
                switch (token.type()) {
                    case NAME -> !NO_ARGUMENTS.contains(token.text());
                    case STRING, INTEGER, FLOAT -> true;
                    default -> token.isOperator("[") || token.isOperator("{");
                };
        if (!hasArgument) {
            return CallArguments.NONE;
        }
        if (token.isName("is")) {
            throw TokenStream.error("tests cannot be chained with 'is'", token.at());
        }
        return new CallArguments(
                List.of(operands.postfix(operands.primary())),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private String dottedName() {
        StringBuilder name = new StringBuilder(tokens.expectName().text());
        while (tokens.skipOperator(".")) {
            name.append('.').append(tokens.expectName().text());
        }
        return name.toString();
    }
}
