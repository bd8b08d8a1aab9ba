package dev.nightjar.engine.grammar.mask;

import dev.nightjar.engine.grammar.rule.Node;
import dev.nightjar.engine.grammar.rule.NodeMask;
import dev.nightjar.engine.grammar.rule.TokenSet;
import java.util.Arrays;

/**
 * Finds the tokens that may follow, by walking the trie of tokens with a machine. For one thread at
 * a time.
 *
 * <p>For each node it is computed once which tokens stay inside its rule, and at which places of
 * the trie the rule may be complete while the token goes on. For a set of stacks only the tokens
 * beyond those places are left to be tried.
 */
final class MaskMaker {

    private final TokenIndex index;
    private final TokenTrie trie;
    private final Machine machine;
    private final Stacks[] path;
    private long[] bits;
    private int[] exits = new int[64];
    private int numExits;
    private long numVisited;

    MaskMaker(TokenIndex index, Machine machine) {
        this.index = index;
        this.machine = machine;
        trie = index.trie();
        path = new Stacks[index.maxTokenBytes() + 1];
    }

    /** How many nodes of the trie were visited: the work that was done. */
    long numVisited() {
        return numVisited;
    }

    /** The tokens that may follow, end tokens aside. */
    TokenSet mask(Stacks stacks) {
        NodeMask[] masks = new NodeMask[stacks.tops.length];
        for (int i = 0; i < masks.length; i++) {
            masks[i] = nodeMask(stacks.tops[i]);
        }
        if (masks.length == 1 && masks[0].exits().length == 0) {
            return masks[0].accepted();
        }
        clearBits();
        for (int i = 0; i < masks.length; i++) {
            masks[i].accepted().addTo(bits);
            if (masks[i].exits().length > 0) {
                Stacks after = machine.settled(stacks.below[i]);
                for (int exit : masks[i].exits()) {
                    walk(exit, after, false);
                }
            }
        }
        return TokenSet.of(bits);
    }

    /** What is known of a node whatever called its rule. */
    NodeMask nodeMask(Node node) {
        NodeMask known = node.mask();
        if (known != null) {
            return known;
        }
        clearBits();
        numExits = 0;
        if (node.takesOtherTokens()) {
            index.addTextless(bits);
        }
        for (int id : node.tokens()) {
            bits[id >> 6] |= 1L << id;
        }
        walk(0, machine.alone(node), true);
        NodeMask mask = new NodeMask(TokenSet.of(bits), Arrays.copyOf(exits, numExits));
        node.remember(mask);
        return mask;
    }

    private void clearBits() {
        if (bits == null) {
            bits = new long[index.numWords()];
        } else {
            Arrays.fill(bits, 0);
        }
    }

    /** Adds the tokens below a node of the trie that may follow. */
    private void walk(int from, Stacks stacks, boolean notesExits) {
        if (stacks.tops.length == 0) {
            return;
        }
        int end = trie.end(from);
        int base = trie.depth(from);
        path[0] = stacks;
        int node = from + 1;
        while (node < end) {
            numVisited++;
            int depth = trie.depth(node) - base;
            Stacks next = machine.step(path[depth - 1], trie.label(node));
            if (next == StackPool.NONE) {
                node = trie.end(node);
                continue;
            }
            trie.addTokens(node, bits);
            if (notesExits && next.hasEmpty && trie.end(node) > node + 1) {
                noteExit(node);
            }
            path[depth] = next;
            node = next.tops.length == 0 ? trie.end(node) : node + 1;
        }
    }

    private void noteExit(int node) {
        if (numExits == exits.length) {
            exits = Arrays.copyOf(exits, 2 * numExits);
        }
        exits[numExits++] = node;
    }
}
