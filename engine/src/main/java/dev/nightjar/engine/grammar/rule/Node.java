package dev.nightjar.engine.grammar.rule;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A place in a rule. Its edges are made when they are first asked for, so that a part that may be
 * repeated a million times takes no more than what is visited. Safe for use by many threads.
 */
public final class Node {

    /** What is remembered of a node; nodes that differ in nothing a token can see share it. */
    static final class Memory {
        private volatile NodeMask mask;
    }

    private final Memory memory;
    private final Supplier<Edges> source;
    private final Count count;
    private volatile Edges edges;

    /** The bytes that may follow, {@code [4]} words. */
    private long[] follow;

    Node(Memory memory, Supplier<Edges> source) {
        this(memory, source, null);
    }

    Node(Memory memory, Supplier<Edges> source, Count count) {
        this.memory = memory;
        this.source = source;
        this.count = count;
    }

    private Edges edges() {
        Edges found = edges;
        if (found == null) {
            found = source.get();
            follow = new long[4];
            for (int i = 0; i < found.bytes().length; i += 2) {
                for (int value = found.bytes()[i]; value <= found.bytes()[i + 1]; value++) {
                    follow[value >> 6] |= 1L << value;
                }
            }
            edges = found;
        }
        return found;
    }

    /** The bytes that may follow, as bits; one of four words. */
    public long follow(int word) {
        edges();
        return follow[word];
    }

    /** What is counted here, if a token can tell nothing else; otherwise null. */
    public Count count() {
        return count;
    }

    /** Whether the rule may be complete here. */
    public boolean isAccepting() {
        return edges().isAccepting();
    }

    /** Whether a byte or a token may follow, not only calls. */
    public boolean hasTerminals() {
        return edges().hasTerminals();
    }

    /** Whether nothing may follow in this rule. */
    public boolean isEnd() {
        return edges().isEnd();
    }

    /** Gives the nodes that a byte leads to. */
    public void step(int value, Consumer<Node> targets) {
        Edges own = edges();
        if ((follow[value >> 6] >>> value & 1) == 0) {
            return;
        }
        int[] bytes = own.bytes();
        for (int i = 0; i < bytes.length; i += 2) {
            if (value >= bytes[i] && value <= bytes[i + 1]) {
                targets.accept(own.byteTargets()[i >> 1]);
            }
        }
    }

    /** Gives the nodes that a token leads to as such, not by its text. */
    public void stepToken(int id, boolean hasText, Consumer<Node> targets) {
        Edges own = edges();
        boolean isNamed = false;
        for (int i = 0; i < own.tokens().length; i++) {
            if (own.tokens()[i] == id) {
                targets.accept(own.tokenTargets()[i]);
                isNamed = true;
            }
        }
        if (!isNamed && !hasText) {
            for (Node target : own.other()) {
                targets.accept(target);
            }
        }
    }

    /** The tokens that may follow as such. */
    public int[] tokens() {
        return edges().tokens();
    }

    /** Whether any token without text may follow. */
    public boolean takesOtherTokens() {
        return edges().other().length > 0;
    }

    /** The number of calls that may follow. */
    public int numCalls() {
        return edges().calls().length;
    }

    /** A rule that may be called here. */
    public Rule call(int index) {
        return edges().calls()[index];
    }

    /** Where a call returns to. */
    public Node returnOf(int index) {
        return edges().returns()[index];
    }

    /** The mask, if it was computed, otherwise null. */
    public NodeMask mask() {
        return memory.mask;
    }

    /** Remembers the mask. */
    public void remember(NodeMask mask) {
        memory.mask = mask;
    }
}
