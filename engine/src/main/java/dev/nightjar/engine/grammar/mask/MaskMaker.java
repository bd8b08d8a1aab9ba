package dev.nightjar.engine.grammar.mask;

import dev.nightjar.engine.grammar.rule.Count;
import dev.nightjar.engine.grammar.rule.CountProfile;
import dev.nightjar.engine.grammar.rule.Exits;
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

    private static final int NUM_BYTES = 256;

    private final TokenIndex index;
    private final TokenTrie trie;
    private final Machine machine;
    private final CountWalk counts;
    private final SubtreeMemo memo;
    private final Stacks[] path;
    private long[] bits;
    private long numVisited;

    MaskMaker(TokenIndex index, Machine machine) {
        this.index = index;
        this.machine = machine;
        trie = index.trie();
        counts = new CountWalk(trie, index.maxTokenBytes());
        memo = new SubtreeMemo();
        path = new Stacks[index.maxTokenBytes() + 1];
    }

    /** How many nodes of the trie were visited: the work that was done. */
    long numVisited() {
        return numVisited;
    }

    /** Forgets what only helps to compute many masks one after the other. */
    void forget() {
        memo.clear();
    }

    /** The tokens that may follow, end tokens aside. */
    TokenSet mask(Stacks stacks) {
        machine.beginMask();
        NodeMask[] masks = new NodeMask[stacks.tops.length];
        boolean hasExits = false;
        for (int i = 0; i < masks.length; i++) {
            masks[i] = nodeMask(stacks.tops[i]);
            hasExits |= !masks[i].exits().isEmpty();
        }
        if (masks.length == 1 && !hasExits) {
            return masks[0].accepted();
        }
        clearBits();
        for (int i = 0; i < masks.length; i++) {
            masks[i].accepted().addTo(bits);
            if (!masks[i].exits().isEmpty()) {
                addBeyond(masks[i], machine.settled(stacks.below[i]));
            }
        }
        return TokenSet.of(bits);
    }

    /** Adds the tokens that go on after the rule, by what may follow its call. */
    private void addBeyond(NodeMask mask, Stacks after) {
        Exits exits = mask.exits();
        for (int value = 0; value < NUM_BYTES; value++) {
            int from = exits.start(value);
            int to = exits.start(value + 1);
            if (from == to || !after.mayFollow(value)) {
                continue;
            }
            Stacks next = machine.step(after, value);
            for (int i = from; i < to; i++) {
                int count = exits.count(i);
                if (count >= mask.minCount() && count <= mask.maxCount()) {
                    trie.addTokens(exits.node(i), bits);
                    walk(exits.node(i), next, null, null);
                }
            }
        }
    }

    /** What is known of a node whatever called its rule. */
    NodeMask nodeMask(Node node) {
        NodeMask known = node.mask();
        if (known == null) {
            clearBits();
            known = node.count() == null ? plainMask(node) : countedMask(node.count());
            node.remember(known);
        }
        return known;
    }

    private NodeMask plainMask(Node node) {
        if (node.takesOtherTokens()) {
            index.addTextless(bits);
        }
        for (int id : node.tokens()) {
            bits[id >> 6] |= 1L << id;
        }
        Stacks stacks = machine.alone(node);
        Exits.Builder exits = new Exits.Builder();
        for (int child = 1; child < trie.numNodes(); child = trie.end(child)) {
            numVisited++;
            Stacks next = machine.step(stacks, trie.label(child));
            if (next != StackPool.NONE) {
                addSubtree(child, next, exits);
            }
        }
        return new NodeMask(TokenSet.of(bits), exits.build(), 0, Integer.MAX_VALUE);
    }

    /** Adds a node below the root and all below it, from memory if many nodes lead there. */
    private void addSubtree(int child, Stacks stacks, Exits.Builder exits) {
        SubtreeMemo.Subtree known = memo.find(child, stacks);
        if (known == null && memo.isWorthIt(trie.end(child) - child)) {
            SubtreeMemo.Recorder recorder = new SubtreeMemo.Recorder();
            visit(child, stacks, null, recorder);
            walk(child, stacks, null, recorder);
            known = recorder.subtree();
            memo.remember(child, stacks, known);
        }
        if (known == null) {
            visit(child, stacks, exits, null);
            walk(child, stacks, exits, null);
            return;
        }
        for (int id : known.tokens()) {
            bits[id >> 6] |= 1L << id;
        }
        for (int exit : known.exits()) {
            trie.addChildren(exit, 0, exits);
        }
    }

    private NodeMask countedMask(Count count) {
        CountProfile profile = counts.profile(count.steps(), count.state());
        profile.addTokens(count.left(), bits);
        return new NodeMask(TokenSet.of(bits), profile.exits(), count.needed(), count.left());
    }

    private void clearBits() {
        if (bits == null) {
            bits = new long[index.numWords()];
        } else {
            Arrays.fill(bits, 0);
        }
    }

    /** Adds the tokens below a node of the trie that may follow. */
    private void walk(int from, Stacks stacks, Exits.Builder exits, SubtreeMemo.Recorder recorder) {
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
            visit(node, next, exits, recorder);
            path[depth] = next;
            node = next.tops.length == 0 ? trie.end(node) : node + 1;
        }
    }

    private void visit(
            int node, Stacks stacks, Exits.Builder exits, SubtreeMemo.Recorder recorder) {
        boolean isExit = stacks.hasEmpty && trie.end(node) > node + 1;
        if (recorder == null) {
            trie.addTokens(node, bits);
        } else {
            for (int i = trie.firstToken(node); i < trie.firstToken(node + 1); i++) {
                recorder.token(trie.id(i));
            }
            if (isExit) {
                recorder.exit(node);
            }
        }
        if (isExit && exits != null) {
            trie.addChildren(node, 0, exits);
        }
    }
}
