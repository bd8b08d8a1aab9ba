package dev.nightjar.engine.grammar.regex;

import dev.nightjar.engine.grammar.automaton.Automaton;
import dev.nightjar.engine.grammar.automaton.Nfa;
import dev.nightjar.engine.grammar.automaton.RangeSet;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.part.Part;
import java.util.Optional;
import java.util.function.Function;

/**
 * The texts that a regular expression stands for.
 *
 * <p>Known are literals, classes, the escapes of ECMAScript, {@code \p{…}}, groups of any kind,
 * alternatives, repetitions (lazy ones mean the same) and anchors at the ends. What looks around or
 * back is refused. Where dialects differ ({@code . \d \w \s}), the set is one on which they agree.
 */
public final class Regex {

    private static final int MAX_STATES = 20_000;

    private final Expression expression;

    private Regex(Expression expression) {
        this.expression = expression;
    }

    /**
     * An expression that must match a text as a whole.
     *
     * @throws GrammarProblem naming the position of what is wrong or unknown
     */
    public static Regex whole(String pattern) {
        return new Regex(Anchors.resolve(new RegexParser(pattern).parse(), false, false));
    }

    /**
     * An expression that must match somewhere in a text, as JSON schema has it.
     *
     * @throws GrammarProblem naming the position of what is wrong or unknown
     */
    public static Regex search(String pattern) {
        return new Regex(Anchors.resolve(new RegexParser(pattern).parse(), true, true));
    }

    /** The texts as a part of a grammar. */
    public Part part() {
        return part(Part.Chars::new);
    }

    /** The same, with code points written in some way. */
    public Part part(Function<RangeSet, Part> chars) {
        return part(expression, chars);
    }

    private static Part part(Expression expression, Function<RangeSet, Part> chars) {
        return switch (expression) {
            case Expression.Chars one -> chars.apply(one.set());
            case Expression.Sequence sequence ->
                    new Part.Sequence(
                            sequence.parts().stream().map(below -> part(below, chars)).toList());
            case Expression.Choice choice ->
                    new Part.Choice(
                            choice.parts().stream().map(below -> part(below, chars)).toList());
            case Expression.Repeat repeat ->
                    new Part.Repeat(part(repeat.part(), chars), repeat.min(), repeat.max());
            case Expression.Anchor anchor -> Part.NOTHING;
        };
    }

    /** The texts as a deterministic automaton over code points, unless it is too large. */
    public Optional<Automaton> automaton() {
        Nfa nfa = new Nfa();
        int start = nfa.addState();
        int end = nfa.addState();
        return add(nfa, expression, start, end)
                ? nfa.determinized(start, end, MAX_STATES).map(Automaton::trimmed)
                : Optional.empty();
    }

    /** Writes an expression between two states; false if that grows too large. */
    private static boolean add(Nfa nfa, Expression expression, int from, int to) {
        if (nfa.numStates() > MAX_STATES) {
            return false;
        }
        switch (expression) {
            case Expression.Chars chars -> {
                for (int i = 0; i < chars.set().numRanges(); i++) {
                    nfa.edge(from, chars.set().first(i), chars.set().last(i), to);
                }
            }
            case Expression.Sequence sequence -> {
                int at = from;
                for (Expression part : sequence.parts()) {
                    int next = nfa.addState();
                    if (!add(nfa, part, at, next)) {
                        return false;
                    }
                    at = next;
                }
                nfa.free(at, to);
            }
            case Expression.Choice choice -> {
                for (Expression part : choice.parts()) {
                    if (!add(nfa, part, from, to)) {
                        return false;
                    }
                }
            }
            case Expression.Repeat repeat -> {
                return addRepeat(nfa, repeat, from, to);
            }
            case Expression.Anchor anchor -> nfa.free(from, to);
        }
        return true;
    }

    private static boolean addRepeat(Nfa nfa, Expression.Repeat repeat, int from, int to) {
        int at = from;
        int numCopies = Math.max(repeat.min(), repeat.max());
        for (int i = 0; i < numCopies; i++) {
            if (i >= repeat.min()) {
                nfa.free(at, to);
            }
            int next = nfa.addState();
            if (!add(nfa, repeat.part(), at, next)) {
                return false;
            }
            at = next;
        }
        if (repeat.max() == Expression.Repeat.UNBOUNDED) {
            int start = nfa.addState();
            int end = nfa.addState();
            nfa.free(at, start);
            nfa.free(end, start);
            nfa.free(start, to);
            return add(nfa, repeat.part(), start, end);
        }
        nfa.free(at, to);
        return true;
    }
}
