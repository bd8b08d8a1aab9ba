package dev.nightjar.tokenizer.jinja;

import dev.nightjar.tokenizer.jinja.builtin.Namespace;
import dev.nightjar.tokenizer.jinja.syntax.Statement;
import dev.nightjar.tokenizer.jinja.syntax.Statement.Target;
import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.Budget;
import dev.nightjar.tokenizer.jinja.value.Iteration;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statements to text. Belongs to one rendering. */
final class Interpreter {
    private final Runtime runtime;
    private final Budget budget;
    private final Evaluator evaluator;
    private final LoopRunner loops;

    Interpreter(Runtime runtime) {
        this.runtime = runtime;
        this.budget = runtime.budget();
        this.evaluator = new Evaluator(runtime);
        this.loops = new LoopRunner(this, evaluator, runtime);
    }

    /** Where a statement leaves the loop around it. */
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    /** The text of statements. */
    String render(List<Statement> statements, Scope scope) {
        StringBuilder out = new StringBuilder();
        run(statements, scope, out);
        return out.toString();
    }

    Flow run(List<Statement> statements, Scope scope, StringBuilder out) {
        for (Statement statement : statements) {
            Flow flow = run(statement, scope, out);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private Flow run(Statement statement, Scope scope, StringBuilder out) {
        budget.step(1);
        budget.enter();
        try {
            return execute(statement, scope, out);
        } catch (JinjaException failure) {
            throw failure.at(statement.at());
        } finally {
            budget.leave();
        }
    }

    private Flow execute(Statement statement, Scope scope, StringBuilder out) {
        switch (statement) {
            case Statement.Text text -> print(text.text(), out);
            case Statement.Output output ->
                    print(runtime.text(evaluator.value(output.value(), scope)), out);
            case Statement.If choice -> {
                return choose(choice, scope, out);
            }
            case Statement.For loop -> loops.run(loop, scope, out);
            case Statement.Break leave -> {
                return Flow.BREAK;
            }
            case Statement.Continue skip -> {
                return Flow.CONTINUE;
            }
            case Statement.Set set ->
                    assign(set.target(), evaluator.value(set.value(), scope), scope);
            case Statement.Capture capture -> {
                return capture(capture, scope, out);
            }
            case Statement.Macro macro ->
                    scope.set(
                            macro.name(),
                            new MacroFunction(macro.name(), macro.routine(), scope, this));
            case Statement.CallBlock block -> print(runtime.text(call(block, scope)), out);
            case Statement.With with -> {
                return with(with, scope, out);
            }
        }
        return Flow.NEXT;
    }

    private void print(String text, StringBuilder out) {
        budget.text(text.length());
        out.append(text);
    }

    private Flow choose(Statement.If choice, Scope scope, StringBuilder out) {
        for (Statement.Branch branch : choice.branches()) {
            if (evaluator.value(branch.test(), scope).isTrue()) {
                return run(branch.body(), scope, out);
            }
        }
        return run(choice.otherwise(), scope, out);
    }

    private Flow capture(Statement.Capture capture, Scope scope, StringBuilder out) {
        Scope inner = scope.inner();
        StringBuilder body = new StringBuilder();
        Flow flow = run(capture.body(), inner, body);
        if (flow != Flow.NEXT) {
            return flow;
        }
        Scope around = scope.inner();
        around.set(Statement.Capture.BODY, Str.of(body.toString()));
        Value result = evaluator.value(capture.result(), around);
        if (capture.target().isPresent()) {
            assign(capture.target().get(), result, scope);
        } else {
            print(runtime.text(result), out);
        }
        return Flow.NEXT;
    }

    private Value call(Statement.CallBlock block, Scope scope) {
        Value target = evaluator.value(block.call().target(), scope);
        Arguments arguments = evaluator.arguments(block.call().arguments(), scope);
        Map<String, Value> keywords = new LinkedHashMap<>(arguments.keywords());
        keywords.put(
                MacroFunction.CALLER,
                new MacroFunction(MacroFunction.CALLER, block.routine(), scope, this));
        return evaluator.call(target, new Arguments(arguments.positional(), keywords));
    }

    private Flow with(Statement.With with, Scope scope, StringBuilder out) {
        Scope inner = scope.inner();
        for (int i = 0; i < with.targets().size(); i++) {
            assign(with.targets().get(i), evaluator.value(with.values().get(i), scope), inner);
        }
        return run(with.body(), inner, out);
    }

    /** Gives a target a value. */
    void assign(Target target, Value value, Scope scope) {
        switch (target) {
            case Target.Variable variable -> scope.set(variable.name(), value);
            case Target.Unpacked unpacked -> unpack(unpacked.targets(), value, scope);
            case Target.Member member -> {
                Value namespace =
                        scope.get(member.namespace())
                                .orElseThrow(
                                        () ->
                                                runtime.undefined(
                                                                "'%s' is undefined"
                                                                        .formatted(
                                                                                member.namespace()))
                                                        .failure());
                if (!(namespace instanceof Namespace found)) {
                    throw JinjaException.type("cannot assign attribute on non-namespace object");
                }
                found.set(member.name(), value);
            }
        }
    }

    private void unpack(List<Target> targets, Value value, Scope scope) {
        List<Value> items = Iteration.list(value, budget);
        if (items.size() != targets.size()) {
            throw JinjaException.type(
                    "cannot unpack %d values into %d names"
                            .formatted(items.size(), targets.size()));
        }
        for (int i = 0; i < items.size(); i++) {
            assign(targets.get(i), items.get(i), scope);
        }
    }

    /** The value of a macro's parameter that was not given. */
    Value absent(Statement.Parameter parameter, Scope scope) {
        return parameter
                .absent()
                .map(expression -> evaluator.value(expression, scope))
                .orElseGet(
                        () ->
                                runtime.undefined(
                                        "parameter '%s' was not provided"
                                                .formatted(parameter.name())));
    }

    /** A value that does not exist. */
    Value undefined(String reason) {
        return runtime.undefined(reason);
    }
}
