package dev.nightjar.tokenizer.jinja;

import dev.nightjar.tokenizer.jinja.Interpreter.Flow;
import dev.nightjar.tokenizer.jinja.syntax.Statement;
import dev.nightjar.tokenizer.jinja.value.Iteration;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Lazy;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Runs loops: each turn in a scope of its own. */
final class LoopRunner {
    private final Interpreter interpreter;
    private final Evaluator evaluator;
    private final Runtime runtime;

    LoopRunner(Interpreter interpreter, Evaluator evaluator, Runtime runtime) {
        this.interpreter = interpreter;
        this.evaluator = evaluator;
        this.runtime = runtime;
    }

    void run(Statement.For loop, Scope scope, StringBuilder out) {
        run(loop, evaluator.value(loop.items(), scope), scope, 0, out);
    }

    /** The text of a recursive loop's body for the items inside of an item. */
    private Value recurse(Statement.For loop, Value items, Scope scope, int depth) {
        runtime.budget().enter();
        try {
            StringBuilder out = new StringBuilder();
            run(loop, items, scope, depth, out);
            return Str.of(out.toString());
        } finally {
            runtime.budget().leave();
        }
    }

    private void run(Statement.For loop, Value items, Scope scope, int depth, StringBuilder out) {
        Value kept = loop.filter().isPresent() ? filtered(loop, items, scope) : items;
        LoopState state =
                new LoopState(
                        kept,
                        depth,
                        inner -> {
                            if (!loop.isRecursive()) {
                                throw JinjaException.type(
                                        "the loop must have the 'recursive' marker to be called"
                                                + " recursively");
                            }
                            return recurse(loop, inner, scope, depth + 1);
                        },
                        runtime);
        boolean hasCompletedTurn = false;
        while (state.advance()) {
            runtime.budget().step(1);
            Scope turn = scope.inner();
            turn.set("loop", state);
            interpreter.assign(loop.target(), state.current(), turn);
            Flow flow = interpreter.run(loop.body(), turn, out);
            hasCompletedTurn |= flow == Flow.NEXT;
            if (flow == Flow.BREAK) {
                break;
            }
        }
        // A turn that was left does not count for jinja2 either.
        if (!hasCompletedTurn) {
            interpreter.run(loop.otherwise(), scope.inner(), out);
        }
    }

    private Value filtered(Statement.For loop, Value items, Scope scope) {
        List<Value> kept = new ArrayList<>();
        for (Iterator<Value> rest = Iteration.of(items); rest.hasNext(); ) {
            runtime.budget().step(1);
            Value item = rest.next();
            Scope turn = scope.inner();
            interpreter.assign(loop.target(), item, turn);
            if (evaluator.value(loop.filter().orElseThrow(), turn).isTrue()) {
                kept.add(item);
            }
        }
        return new Lazy(kept);
    }
}
