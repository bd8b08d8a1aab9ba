package dev.nightjar.engine.grammar.part;

import dev.nightjar.engine.grammar.automaton.Automaton;
import dev.nightjar.engine.grammar.automaton.RangeSet;
import java.util.List;

/** A piece of a grammar: which texts may stand in one place. Immutable. */
public sealed interface Part {

    /** As many repetitions as one likes. */
    int UNBOUNDED = -1;

    /** The symbol that stands for any token without text in a {@link Regular} part. */
    int OTHER_TOKEN = 256;

    /** The symbol of token id 0 in a {@link Regular} part; the others follow. */
    int FIRST_TOKEN = 1 << 22;

    /** Nothing at all, which always fits. */
    Part NOTHING = new Sequence(List.of());

    /** A part that no text fits. */
    Part NEVER = new Choice(List.of());

    /**
     * A text.
     *
     * @param text may be empty
     */
    record Literal(String text) implements Part {}

    /**
     * One code point of a set.
     *
     * @param set code points
     */
    record Chars(RangeSet set) implements Part {}

    /**
     * What an automaton over bytes accepts; {@link #OTHER_TOKEN} and tokens from {@link
     * #FIRST_TOKEN} may be symbols, too.
     *
     * @param bytes the automaton
     */
    record Regular(Automaton bytes) implements Part {}

    /**
     * One part after the other.
     *
     * @param parts in order
     */
    record Sequence(List<Part> parts) implements Part {
        /** Protects the parts. */
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One of some parts.
     *
     * @param parts in any order
     */
    record Choice(List<Part> parts) implements Part {
        /** Protects the parts. */
        public Choice {
            parts = List.copyOf(parts);
        }
    }

    /**
     * The same part several times.
     *
     * @param part what is repeated
     * @param min at least so often
     * @param max at most so often, or {@link #UNBOUNDED}
     */
    record Repeat(Part part, int min, int max) implements Part {
        /** Checks the bounds. */
        public Repeat {
            if (min < 0 || (max != UNBOUNDED && max < min)) {
                throw new GrammarProblem(
                        "repetition",
                        "expected bounds 0 <= min <= max, found %d and %d".formatted(min, max));
            }
        }
    }

    /**
     * A rule by its name; rules may refer to each other.
     *
     * @param rule the name
     */
    record Ref(String rule) implements Part {}

    /**
     * One token by its id, above all a control token.
     *
     * @param id token id
     */
    record Token(int id) implements Part {}

    /**
     * A graph of parts; a text follows its edges from state 0 to the last state.
     *
     * @param numStates states, the last of which is the end
     * @param edges what leads from where to where
     */
    record Graph(int numStates, List<Edge> edges) implements Part {
        /** Protects the edges. */
        public Graph {
            edges = List.copyOf(edges);
        }
    }

    /**
     * An edge of a graph.
     *
     * @param from state
     * @param part what it takes
     * @param to state
     */
    record Edge(int from, Part part, int to) {}

    /** A text. */
    static Part literal(String text) {
        return new Literal(text);
    }

    /** One token by its id. */
    static Part token(int id) {
        return new Token(id);
    }

    /** A rule by its name. */
    static Part ref(String rule) {
        return new Ref(rule);
    }

    /** One part after the other. */
    static Part sequence(Part... parts) {
        return new Sequence(List.of(parts));
    }

    /** One of some parts. */
    static Part choice(List<? extends Part> parts) {
        return parts.size() == 1 ? parts.getFirst() : new Choice(List.copyOf(parts));
    }

    /** A part or nothing. */
    static Part optional(Part part) {
        return new Repeat(part, 0, 1);
    }

    /** A part from {@code min} to {@code max} times, {@link #UNBOUNDED} for no upper bound. */
    static Part repeat(Part part, int min, int max) {
        return new Repeat(part, min, max);
    }
}
