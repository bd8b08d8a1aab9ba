package dev.nightjar.tokenizer.jinja.syntax;

import dev.nightjar.tokenizer.jinja.value.Position;
import java.util.List;
import java.util.Optional;

/** What stands between the expressions of a template. */
public sealed interface Statement {

    /** Where it stands. */
    Position at();

    /** Text that is printed as it is. */
    record Text(Position at, String text) implements Statement {}

    /** {@code {{ value }}}. */
    record Output(Position at, Expression value) implements Statement {}

    /** {@code if}; the first branch whose test holds. */
    record If(Position at, List<Branch> branches, List<Statement> otherwise) implements Statement {}

    /** A test and what follows from it. */
    record Branch(Expression test, List<Statement> body) {}

    /** {@code for target in items if filter}. */
    record For(
            Position at,
            Target target,
            Expression items,
            Optional<Expression> filter,
            boolean isRecursive,
            List<Statement> body,
            List<Statement> otherwise)
            implements Statement {}

    /** {@code break}. */
    record Break(Position at) implements Statement {}

    /** {@code continue}. */
    record Continue(Position at) implements Statement {}

    /** {@code set target = value}. */
    record Set(Position at, Target target, Expression value) implements Statement {}

    /**
     * {@code set target}…{@code endset}, {@code filter}…{@code endfilter}.
     *
     * @param target where the result goes; printed without one
     * @param result what becomes of the body, which it finds under the name {@link #BODY}
     */
    record Capture(Position at, Optional<Target> target, Expression result, List<Statement> body)
            implements Statement {
        /** No name that a template can write. */
        public static final String BODY = "(body)";
    }

    /** {@code macro name(parameters)}. */
    record Macro(Position at, String name, Routine routine) implements Statement {}

    /**
     * What can be called later.
     *
     * @param parameters in order
     * @param body what it prints
     * @param names all names in the body: only a macro that mentions {@code caller}, {@code kwargs}
     *     or {@code varargs} can be given what they stand for
     */
    record Routine(List<Parameter> parameters, List<Statement> body, java.util.Set<String> names) {}

    /** A parameter of a macro, and its value when it is not given. */
    record Parameter(String name, Optional<Expression> absent) {}

    /** {@code call(parameters) target(...)}: a call whose callee can print the body. */
    record CallBlock(Position at, Expression.Call call, Routine routine) implements Statement {}

    /** {@code with a = b}; and {@code generation}, without targets. */
    record With(Position at, List<Target> targets, List<Expression> values, List<Statement> body)
            implements Statement {}

    /** What a value can be assigned to. */
    sealed interface Target {

        /** A variable. */
        record Variable(String name) implements Target {}

        /** Several, one for each item. */
        record Unpacked(List<Target> targets) implements Target {}

        /** A member of a namespace. */
        record Member(String namespace, String name) implements Target {}
    }
}
