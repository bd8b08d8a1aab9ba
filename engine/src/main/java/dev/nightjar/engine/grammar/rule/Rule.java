package dev.nightjar.engine.grammar.rule;

import java.util.List;
import java.util.Set;

/** A rule that can be called. */
public sealed interface Rule permits GraphRule, CountedRule {
    /** Where it begins. */
    Node start();

    /** Nodes that stand for all of its nodes, each with a mask of its own, and rules it calls. */
    void visit(List<Node> nodes, Set<Rule> callees, int maxTokenBytes);
}
