package dev.nightjar.engine.grammar.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * What may follow in a node.
 *
 * @param isAccepting whether the rule may be complete here
 * @param bytes first byte, last byte of each edge on bytes, {@code [2 n]}
 * @param byteTargets where they lead, {@code [n]}
 * @param calls rules that may be called
 * @param returns where the calls return to
 * @param tokens tokens that may follow as such
 * @param tokenTargets where they lead
 * @param other where any other token without text leads: one target or none
 */
record Edges(
        boolean isAccepting,
        int[] bytes,
        Node[] byteTargets,
        Rule[] calls,
        Node[] returns,
        int[] tokens,
        Node[] tokenTargets,
        Node[] other) {

    boolean hasTerminals() {
        return byteTargets.length + tokenTargets.length + other.length > 0;
    }

    boolean isEnd() {
        return isAccepting && !hasTerminals() && calls.length == 0;
    }

    /** Collects edges. */
    static final class Builder {
        private final List<Integer> bytes = new ArrayList<>();
        private final List<Node> byteTargets = new ArrayList<>();
        private final List<Rule> calls = new ArrayList<>();
        private final List<Node> returns = new ArrayList<>();
        private final List<Integer> tokens = new ArrayList<>();
        private final List<Node> tokenTargets = new ArrayList<>();
        private final List<Node> other = new ArrayList<>();

        void bytes(int first, int last, Node target) {
            bytes.add(first);
            bytes.add(last);
            byteTargets.add(target);
        }

        void call(Rule rule, Node then) {
            calls.add(rule);
            returns.add(then);
        }

        void token(int id, Node target) {
            tokens.add(id);
            tokenTargets.add(target);
        }

        void other(Node target) {
            other.add(target);
        }

        Edges build(boolean isAccepting) {
            return new Edges(
                    isAccepting,
                    ints(bytes),
                    byteTargets.toArray(Node[]::new),
                    calls.toArray(Rule[]::new),
                    returns.toArray(Node[]::new),
                    ints(tokens),
                    tokenTargets.toArray(Node[]::new),
                    other.toArray(Node[]::new));
        }

        private static int[] ints(List<Integer> list) {
            return list.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}
