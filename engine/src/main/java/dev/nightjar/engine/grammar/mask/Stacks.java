package dev.nightjar.engine.grammar.mask;

import dev.nightjar.engine.grammar.rule.Node;

/**
 * A set of stacks of nodes, ordered by their tops: each top stands once, above the set of all
 * stacks below it. Sets are made by one {@link Machine}, which makes equal ones only once, so they
 * are compared by identity.
 */
final class Stacks {

    private static final int NUM_BYTES = 256;

    final Node[] tops;

    /** What lies below each top. */
    final Stacks[] below;

    /** Whether the empty stack is one of them: all rules may be complete. */
    final boolean hasEmpty;

    private final int hash;

    /** Where each byte leads, as far as it was asked for. */
    private Stacks[] next;

    /** What it becomes when all calls and returns that take no byte were made. */
    private Stacks settled;

    Stacks(Node[] tops, Stacks[] below, boolean hasEmpty) {
        this.tops = tops;
        this.below = below;
        this.hasEmpty = hasEmpty;
        int sum = hasEmpty ? 1 : 0;
        for (int i = 0; i < tops.length; i++) {
            sum = 31 * (31 * sum + System.identityHashCode(tops[i]));
            sum += System.identityHashCode(below[i]);
        }
        hash = sum;
    }

    /** Whether nothing may follow, and it is not the end either. */
    boolean isDead() {
        return tops.length == 0 && !hasEmpty;
    }

    Stacks next(int value) {
        return next == null ? null : next[value];
    }

    void rememberNext(int value, Stacks stacks) {
        if (next == null) {
            next = new Stacks[NUM_BYTES];
        }
        next[value] = stacks;
    }

    Stacks settled() {
        return settled;
    }

    void rememberSettled(Stacks stacks) {
        settled = stacks;
    }

    /** The place of a top, or -1. */
    int indexOf(Node top) {
        for (int i = 0; i < tops.length; i++) {
            if (tops[i] == top) {
                return i;
            }
        }
        return -1;
    }

    /** Whether it has the same tops in the same order above the same sets. */
    boolean isSame(Stacks other) {
        if (other.tops.length != tops.length || other.hasEmpty != hasEmpty) {
            return false;
        }
        for (int i = 0; i < tops.length; i++) {
            if (tops[i] != other.tops[i] || below[i] != other.below[i]) {
                return false;
            }
        }
        return true;
    }

    int contentHash() {
        return hash;
    }
}
