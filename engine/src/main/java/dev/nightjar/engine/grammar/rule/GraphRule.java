package dev.nightjar.engine.grammar.rule;

import java.util.List;
import java.util.Set;

/** A rule with a node for each state of its automaton. */
final class GraphRule implements Rule {

    private Node[] nodes;

    /** Calls are made before the rule is known, so its states come later, once. */
    void define(LabelledAutomaton automaton) {
        nodes = new Node[automaton.numStates()];
        for (int state = 0; state < nodes.length; state++) {
            int from = state;
            nodes[state] =
                    new Node(
                            new Node.Memory(),
                            () -> {
                                Edges.Builder edges = new Edges.Builder();
                                automaton.addEdges(from, edges, target -> nodes[target]);
                                return edges.build(automaton.isAccepting(from));
                            });
        }
    }

    @Override
    public Node start() {
        return nodes[0];
    }

    @Override
    public void visit(List<Node> found, Set<Rule> callees, int maxTokenBytes) {
        for (Node node : nodes) {
            found.add(node);
            for (int i = 0; i < node.numCalls(); i++) {
                callees.add(node.call(i));
            }
        }
    }
}
