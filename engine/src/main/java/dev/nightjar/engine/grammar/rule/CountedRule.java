package dev.nightjar.engine.grammar.rule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A part from {@code min} to {@code max} times: a node for each state of the part and count of
 * those that are complete. A token cannot tell counts that are farther from both bounds than it is
 * long, so their nodes share their masks, with those of other rules of the same part too.
 */
final class CountedRule implements Rule {

    private final CountedPart part;
    private final int min;
    private final int max;
    private final Map<Long, Node> nodes = new HashMap<>();

    CountedRule(CountedPart part, int min, int max) {
        this.part = part;
        this.min = min;
        this.max = max;
    }

    @Override
    public Node start() {
        return node(0, 0);
    }

    /** The node of a state while {@code count} parts are complete. */
    private synchronized Node node(int state, int count) {
        boolean isComplete = part.isEnd(state);
        int at = isComplete ? 0 : state;
        int done = isComplete ? count + 1 : count;
        return nodes.computeIfAbsent(
                ((long) at << 32) | done,
                key ->
                        new Node(
                                memory(at, done),
                                () -> edges(at, done),
                                part.count(at, max - done, Math.max(0, min - done))));
    }

    private Node.Memory memory(int state, int count) {
        return part.memory(state, max - count, Math.max(0, min - count));
    }

    private Edges edges(int state, int count) {
        Edges.Builder edges = new Edges.Builder();
        if (state != 0) {
            part.addEdges(state, edges, target -> node(target, count));
        }
        int done = part.isAccepting(state) ? count + 1 : count;
        boolean isBetween = state == 0 || part.isAccepting(state);
        if (isBetween && done < max) {
            part.addEdges(0, edges, target -> node(target, done));
        }
        return edges.build(isBetween && done >= min);
    }

    @Override
    public void visit(List<Node> found, Set<Rule> callees, int maxTokenBytes) {
        Set<Node.Memory> seen = new HashSet<>();
        for (int count = 0; count <= max; count = next(count, maxTokenBytes)) {
            for (int state = 0; state < part.numStates(); state++) {
                if (!part.isEnd(state) && (state == 0 || count < max)) {
                    if (seen.add(memory(state, count))) {
                        found.add(node(state, count));
                    }
                }
            }
        }
        callees.addAll(part.callees());
    }

    /** The next count whose masks may differ from those of the counts before it. */
    private int next(int count, int maxTokenBytes) {
        if (part.isSimple()) {
            return max == Integer.MAX_VALUE ? max : max + 1;
        }
        int border = count < min ? min : max;
        return Math.max(count + 1, border - maxTokenBytes - 1);
    }
}
