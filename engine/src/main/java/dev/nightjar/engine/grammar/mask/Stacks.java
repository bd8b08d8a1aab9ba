package dev.nightjar.engine.grammar.mask;

import dev.nightjar.engine.grammar.rule.Node;
import java.util.Arrays;

/**
 * A set of stacks of nodes, ordered by their tops: each top stands once, above the set of all
 * stacks below it. Sets are made by one {@link Machine}, which makes equal ones only once, so they
 * are compared by identity.
 */
final class Stacks {

    private static final int NUM_BYTES = 256;
    private static final int MAX_LISTED = 8;

    final Node[] tops;

    /** What lies below each top. */
    final Stacks[] below;

    /** Whether the empty stack is one of them: all rules may be complete. */
    final boolean hasEmpty;

    private final int hash;

    /** The bytes that may follow, {@code [4]} words. */
    private final long[] follow = new long[4];

    /** Bytes that were asked for and where they lead; by byte once they are many. */
    private byte[] nextBytes = new byte[2];

    private Stacks[] next = new Stacks[2];
    private int numNext;

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
            for (int word = 0; word < follow.length; word++) {
                follow[word] |= tops[i].follow(word);
            }
        }
        hash = sum;
    }

    /** Whether nothing may follow, and it is not the end either. */
    boolean isDead() {
        return tops.length == 0 && !hasEmpty;
    }

    /** Whether a byte may follow; what it leads to is then not empty. */
    boolean mayFollow(int value) {
        return (follow[value >> 6] >>> value & 1) != 0;
    }

    /** Where a byte leads, if that was asked for before, otherwise null. */
    Stacks next(int value) {
        if (next.length == NUM_BYTES) {
            return next[value];
        }
        for (int i = 0; i < numNext; i++) {
            if (nextBytes[i] == (byte) value) {
                return next[i];
            }
        }
        return null;
    }

    void rememberNext(int value, Stacks stacks) {
        if (next.length < NUM_BYTES && numNext == MAX_LISTED) {
            spread();
        }
        if (next.length == NUM_BYTES) {
            next[value] = stacks;
            return;
        }
        if (numNext == next.length) {
            nextBytes = Arrays.copyOf(nextBytes, 2 * numNext);
            next = Arrays.copyOf(next, 2 * numNext);
        }
        nextBytes[numNext] = (byte) value;
        next[numNext++] = stacks;
    }

    private void spread() {
        Stacks[] all = new Stacks[NUM_BYTES];
        for (int i = 0; i < numNext; i++) {
            all[nextBytes[i] & 0xFF] = next[i];
        }
        next = all;
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
