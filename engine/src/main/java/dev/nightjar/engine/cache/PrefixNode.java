package dev.nightjar.engine.cache;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A cached block in the tree of prefixes; its identity stands for the whole path of tokens. */
final class PrefixNode {

    private static final int NO_BLOCK = -1;

    private final String salt;
    private final PrefixNode parent; // null at the root
    private final int[] tokens;
    private final int block;
    private TreeMap<int[], PrefixNode> children; // lexicographic; null until the first child

    private PrefixNode(String salt, PrefixNode parent, int[] tokens, int block) {
        this.salt = salt;
        this.parent = parent;
        this.tokens = tokens;
        this.block = block;
    }

    /** A tree of its own, without a block. */
    static PrefixNode root(String salt) {
        return new PrefixNode(salt, null, new int[0], NO_BLOCK);
    }

    String salt() {
        return salt;
    }

    boolean isRoot() {
        return parent == null;
    }

    int block() {
        return block;
    }

    boolean hasChildren() {
        return children != null && !children.isEmpty();
    }

    /** The child with exactly these tokens, or null. */
    PrefixNode child(int[] key) {
        return children == null ? null : children.get(key);
    }

    PrefixNode addChild(int[] key, int childBlock) {
        if (children == null) {
            children = new TreeMap<>(Arrays::compare);
        }
        PrefixNode child = new PrefixNode(salt, this, key, childBlock);
        children.put(key, child);
        return child;
    }

    /** Removes this node from its parent and returns that parent; the subtree stays below it. */
    PrefixNode detach() {
        parent.children.remove(tokens);
        return parent;
    }

    /** Whether some child begins with the key; those follow the key directly in the order. */
    boolean hasChildStartingWith(int[] key) {
        Map.Entry<int[], PrefixNode> after = children == null ? null : children.ceilingEntry(key);
        return after != null && commonPrefix(key, after.getKey()) == key.length;
    }

    /** The child that shares most leading tokens with the key: one of its two neighbours. */
    Optional<PrefixMatch.PartialBlock> longestCommonPrefix(int[] key) {
        if (children == null) {
            return Optional.empty();
        }
        PrefixMatch.PartialBlock before = overlap(key, children.floorEntry(key));
        PrefixMatch.PartialBlock after = overlap(key, children.ceilingEntry(key));
        PrefixMatch.PartialBlock best = after.numTokens() > before.numTokens() ? after : before;
        return best.numTokens() > 0 ? Optional.of(best) : Optional.empty();
    }

    private static PrefixMatch.PartialBlock overlap(
            int[] key, Map.Entry<int[], PrefixNode> neighbour) {
        return neighbour == null
                ? new PrefixMatch.PartialBlock(NO_BLOCK, 0)
                : new PrefixMatch.PartialBlock(
                        neighbour.getValue().block, commonPrefix(key, neighbour.getKey()));
    }

    private static int commonPrefix(int[] a, int[] b) {
        int mismatch = Arrays.mismatch(a, b);
        return mismatch < 0 ? a.length : mismatch;
    }
}
