package dev.nightjar.tokenizer.jinja;

import dev.nightjar.tokenizer.jinja.builtin.Operators;
import dev.nightjar.tokenizer.jinja.method.Slices;
import dev.nightjar.tokenizer.jinja.syntax.Expression;
import dev.nightjar.tokenizer.jinja.syntax.Expression.CallArguments;
import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.Bool;
import dev.nightjar.tokenizer.jinja.value.Budget;
import dev.nightjar.tokenizer.jinja.value.Dict;
import dev.nightjar.tokenizer.jinja.value.Dynamic;
import dev.nightjar.tokenizer.jinja.value.Iteration;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Seq;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Expressions to values. Belongs to one rendering. */
final class Evaluator {
    private final Runtime runtime;
    private final Budget budget;

    Evaluator(Runtime runtime) {
        this.runtime = runtime;
        this.budget = runtime.budget();
    }

    /**
     * The value of an expression.
     *
     * @throws JinjaException with the place of the innermost expression that failed
     */
    Value value(Expression expression, Scope scope) {
        budget.step(1);
        budget.enter();
        try {
            return compute(expression, scope);
        } catch (JinjaException failure) {
            throw failure.at(expression.at());
        } finally {
            budget.leave();
        }
    }

    private Value compute(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Name name -> variable(name.name(), scope);
            case Expression.Attribute attribute ->
                    runtime.attribute(value(attribute.target(), scope), attribute.name());
            case Expression.Item item ->
                    runtime.item(value(item.target(), scope), value(item.key(), scope));
            case Expression.Slice slice -> slice(slice, scope);
            case Expression.Call call -> call(call, scope);
            case Expression.Filter filter ->
                    runtime.filter(
                            filter.name(),
                            value(filter.target(), scope),
                            arguments(filter.arguments(), scope));
            case Expression.Test test -> Bool.of(test(test, scope));
            case Expression.ListLiteral list -> Seq.list(values(list.items(), scope));
            case Expression.TupleLiteral tuple ->
                    Seq.of(Seq.Kind.TUPLE, values(tuple.items(), scope));
            case Expression.DictLiteral dict -> dict(dict, scope);
            default -> operation(expression, scope);
        };
    }

    private Value operation(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Sign sign ->
                    Operators.sign(sign.isNegative(), value(sign.operand(), scope));
            case Expression.Binary binary -> {
                Value left = value(binary.left(), scope);
                yield Operators.arithmetic(
                        binary.operator(), left, value(binary.right(), scope), runtime);
            }
            case Expression.Concat concat -> concat(concat.parts(), scope);
            case Expression.Comparison comparison -> compare(comparison, scope);
            case Expression.And and -> {
                Value left = value(and.left(), scope);
                yield left.isTrue() ? value(and.right(), scope) : left;
            }
            case Expression.Or or -> {
                Value left = value(or.left(), scope);
                yield left.isTrue() ? left : value(or.right(), scope);
            }
            case Expression.Not not -> Bool.of(!value(not.operand(), scope).isTrue());
            case Expression.Conditional conditional -> conditional(conditional, scope);
            default -> throw new IllegalStateException("no operation: " + expression);
        };
    }

    private Value variable(String name, Scope scope) {
        return scope.get(name).orElseGet(() -> runtime.undefined("'" + name + "' is undefined"));
    }

    private Value slice(Expression.Slice slice, Scope scope) {
        Value target = value(slice.target(), scope);
        return new Slices(
                        value(slice.start(), scope),
                        value(slice.stop(), scope),
                        value(slice.step(), scope))
                .of(target, runtime);
    }

    private Optional<Value> value(Optional<Expression> expression, Scope scope) {
        return expression.map(present -> value(present, scope));
    }

    private List<Value> values(List<Expression> expressions, Scope scope) {
        List<Value> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            values.add(value(expression, scope));
        }
        return values;
    }

    private Dict dict(Expression.DictLiteral literal, Scope scope) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (int i = 0; i < literal.keys().size(); i++) {
            Value key = Dict.hashable(value(literal.keys().get(i), scope));
            entries.put(key, value(literal.values().get(i), scope));
        }
        return Dict.of(entries);
    }

    private Value concat(List<Expression> expressions, Scope scope) {
        StringBuilder text = new StringBuilder();
        for (Expression expression : expressions) {
            text.append(runtime.text(value(expression, scope)));
        }
        return runtime.made(text.toString());
    }

    private Bool compare(Expression.Comparison comparison, Scope scope) {
        Value left = value(comparison.operands().getFirst(), scope);
        for (int i = 0; i < comparison.operators().size(); i++) {
            Value right = value(comparison.operands().get(i + 1), scope);
            if (!Operators.compare(comparison.operators().get(i), left, right, runtime)) {
                return Bool.FALSE;
            }
            left = right;
        }
        return Bool.TRUE;
    }

    private Value conditional(Expression.Conditional conditional, Scope scope) {
        if (value(conditional.test(), scope).isTrue()) {
            return value(conditional.then(), scope);
        }
        return value(conditional.otherwise(), scope)
                .orElseGet(
                        () ->
                                runtime.undefined(
                                        "the inline if-expression evaluated to false and no else"
                                                + " section was defined"));
    }

    private boolean test(Expression.Test test, Scope scope) {
        Value tested = value(test.target(), scope);
        return runtime.test(test.name(), tested, arguments(test.arguments(), scope));
    }

    private Value call(Expression.Call call, Scope scope) {
        Value target = value(call.target(), scope);
        return call(target, arguments(call.arguments(), scope));
    }

    /** Calls what can be called. */
    Value call(Value target, Arguments arguments) {
        return switch (target) {
            case Dynamic dynamic -> dynamic.call(arguments);
            case Undefined undefined -> throw undefined.failure();
            default ->
                    throw JinjaException.type(
                            "'%s' object is not callable".formatted(target.typeName()));
        };
    }

    /** The arguments of a call. */
    Arguments arguments(CallArguments call, Scope scope) {
        if (call == CallArguments.NONE) {
            return Arguments.NONE;
        }
        List<Value> positional = values(call.positional(), scope);
        call.spread()
                .ifPresent(
                        spread -> positional.addAll(Iteration.list(value(spread, scope), budget)));
        Map<String, Value> keywords = new LinkedHashMap<>();
        for (int i = 0; i < call.names().size(); i++) {
            keywords.put(call.names().get(i), value(call.named().get(i), scope));
        }
        call.namedSpread().ifPresent(spread -> addAll(value(spread, scope), keywords));
        return new Arguments(positional, keywords);
    }

    private void addAll(Value spread, Map<String, Value> keywords) {
        if (!(spread instanceof Dict dict)) {
            throw JinjaException.type("expected a mapping after '**'");
        }
        budget.step(dict.entries().size());
        dict.entries().forEach((name, value) -> keywords.put(runtime.text(name), value));
    }
}
