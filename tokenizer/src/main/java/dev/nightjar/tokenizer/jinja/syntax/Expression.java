package dev.nightjar.tokenizer.jinja.syntax;

import dev.nightjar.tokenizer.jinja.value.Position;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.List;
import java.util.Optional;

/** An expression. */
public sealed interface Expression {

    /** Where it stands. */
    Position at();

    /** A constant. */
    record Literal(Position at, Value value) implements Expression {}

    /** A variable. */
    record Name(Position at, String name) implements Expression {}

    /** {@code [a, b]}. */
    record ListLiteral(Position at, List<Expression> items) implements Expression {}

    /** {@code (a, b)}. */
    record TupleLiteral(Position at, List<Expression> items) implements Expression {}

    /** {@code {a: b}}. */
    record DictLiteral(Position at, List<Expression> keys, List<Expression> values)
            implements Expression {}

    /** {@code target.name}. */
    record Attribute(Position at, Expression target, String name) implements Expression {}

    /** {@code target[key]}. */
    record Item(Position at, Expression target, Expression key) implements Expression {}

    /** {@code target[start:stop:step]}. */
    record Slice(
            Position at,
            Expression target,
            Optional<Expression> start,
            Optional<Expression> stop,
            Optional<Expression> step)
            implements Expression {}

    /** {@code target(arguments)}. */
    record Call(Position at, Expression target, CallArguments arguments) implements Expression {}

    /** {@code target | name(arguments)}. */
    record Filter(Position at, Expression target, String name, CallArguments arguments)
            implements Expression {}

    /** {@code target is name(arguments)}. */
    record Test(Position at, Expression target, String name, CallArguments arguments)
            implements Expression {}

    /** {@code -operand} or {@code +operand}. */
    record Sign(Position at, boolean isNegative, Expression operand) implements Expression {}

    /** {@code left operator right}, arithmetic. */
    record Binary(Position at, String operator, Expression left, Expression right)
            implements Expression {}

    /** {@code a ~ b ~ c}. */
    record Concat(Position at, List<Expression> parts) implements Expression {}

    /**
     * {@code a < b <= c}; an operator between any two operands. {@code in} and {@code not in} are
     * operators here.
     */
    record Comparison(Position at, List<Expression> operands, List<String> operators)
            implements Expression {}

    /** {@code left and right}. */
    record And(Position at, Expression left, Expression right) implements Expression {}

    /** {@code left or right}. */
    record Or(Position at, Expression left, Expression right) implements Expression {}

    /** {@code not operand}. */
    record Not(Position at, Expression operand) implements Expression {}

    /** {@code then if test else otherwise}. */
    record Conditional(
            Position at, Expression test, Expression then, Optional<Expression> otherwise)
            implements Expression {}

    /**
     * What stands in the parentheses of a call.
     *
     * @param positional by position
     * @param names of those given by name
     * @param named the values of those
     * @param spread after {@code *}
     * @param namedSpread after {@code **}
     */
    record CallArguments(
            List<Expression> positional,
            List<String> names,
            List<Expression> named,
            Optional<Expression> spread,
            Optional<Expression> namedSpread) {

        /** Nothing. */
        public static final CallArguments NONE =
                new CallArguments(
                        List.of(), List.of(), List.of(), Optional.empty(), Optional.empty());
    }
}
