package dev.nightjar.engine.grammar.mask;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * What was found below the first bytes of tokens, by what they led to: many nodes of a grammar lead
 * to the same few, such as the inside of a string. For one thread at a time.
 */
final class SubtreeMemo {

    private static final int MIN_NODES = 200;
    private static final int MAX_INTS = 4 << 20;

    /** Tokens that may follow and places at which a rule may be complete. */
    record Subtree(int[] tokens, int[] exits) {}

    private final Map<Stacks, Map<Integer, Subtree>> known = new IdentityHashMap<>();
    private int numInts;

    Subtree find(int child, Stacks stacks) {
        Map<Integer, Subtree> own = known.get(stacks);
        return own == null ? null : own.get(child);
    }

    boolean isWorthIt(int numNodes) {
        return numNodes >= MIN_NODES && numInts < MAX_INTS;
    }

    void remember(int child, Stacks stacks, Subtree subtree) {
        known.computeIfAbsent(stacks, key -> new HashMap<>()).put(child, subtree);
        numInts += subtree.tokens.length + subtree.exits.length + 16;
    }

    void clear() {
        known.clear();
        numInts = 0;
    }

    /** Collects a subtree. */
    static final class Recorder {
        private int[] tokens = new int[64];
        private int numTokens;
        private int[] exits = new int[8];
        private int numExits;

        void token(int id) {
            if (numTokens == tokens.length) {
                tokens = Arrays.copyOf(tokens, 2 * numTokens);
            }
            tokens[numTokens++] = id;
        }

        void exit(int node) {
            if (numExits == exits.length) {
                exits = Arrays.copyOf(exits, 2 * numExits);
            }
            exits[numExits++] = node;
        }

        Subtree subtree() {
            return new Subtree(Arrays.copyOf(tokens, numTokens), Arrays.copyOf(exits, numExits));
        }
    }
}
