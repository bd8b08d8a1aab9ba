package dev.nightjar.engine.cache;

/**
 * Siblings in lexicographic order of their tokens: a search tree that is a heap of random-looking
 * numbers at the same time, which keeps it balanced (Seidel and Aragon, "Randomized Search Trees",
 * 1996). The links are in the nodes, so nothing is allocated; a lookup takes O(log n) comparisons.
 */
final class NodeTreap {

    private NodeTreap() {}

    /** Adds a node whose tokens no other has; returns the root. */
    static PrefixNode insert(PrefixNode tree, PrefixNode node) {
        if (tree == null) {
            return node;
        }
        if (node.compareTo(tree) < 0) {
            tree.left = insert(tree.left, node);
            return isAbove(tree.left, tree) ? liftLeft(tree) : tree;
        }
        tree.right = insert(tree.right, node);
        return isAbove(tree.right, tree) ? liftRight(tree) : tree;
    }

    /** Takes out a node that is in the tree; returns the root. */
    static PrefixNode remove(PrefixNode tree, PrefixNode node) {
        if (tree == node) {
            PrefixNode rest = merge(node.left, node.right);
            node.left = null;
            node.right = null;
            return rest;
        }
        if (node.compareTo(tree) < 0) {
            tree.left = remove(tree.left, node);
        } else {
            tree.right = remove(tree.right, node);
        }
        return tree;
    }

    /** The last node not behind these tokens of a sequence, or null. */
    static PrefixNode floor(PrefixNode tree, CachedSequence sequence, int from, int count) {
        PrefixNode found = null;
        for (PrefixNode node = tree; node != null; ) {
            boolean isBehind = node.compareTo(sequence, from, count) > 0;
            found = isBehind ? found : node;
            node = isBehind ? node.left : node.right;
        }
        return found;
    }

    /** The first node not before these tokens of a sequence, or null. */
    static PrefixNode ceiling(PrefixNode tree, CachedSequence sequence, int from, int count) {
        PrefixNode found = null;
        for (PrefixNode node = tree; node != null; ) {
            boolean isBefore = node.compareTo(sequence, from, count) < 0;
            found = isBefore ? found : node;
            node = isBefore ? node.right : node.left;
        }
        return found;
    }

    /** All of {@code low} come before all of {@code high}. */
    private static PrefixNode merge(PrefixNode low, PrefixNode high) {
        if (low == null || high == null) {
            return low == null ? high : low;
        }
        if (isAbove(low, high)) {
            low.right = merge(low.right, high);
            return low;
        }
        high.left = merge(low, high.left);
        return high;
    }

    private static PrefixNode liftLeft(PrefixNode tree) {
        PrefixNode root = tree.left;
        tree.left = root.right;
        root.right = tree;
        return root;
    }

    private static PrefixNode liftRight(PrefixNode tree) {
        PrefixNode root = tree.right;
        tree.right = root.left;
        root.left = tree;
        return root;
    }

    private static boolean isAbove(PrefixNode a, PrefixNode b) {
        return scatter(a.block()) > scatter(b.block());
    }

    /** Blocks that follow each other get numbers far apart; different ones for all blocks. */
    private static int scatter(int block) {
        int mixed = (block ^ block >>> 16) * 0x45d9f3b;
        mixed = (mixed ^ mixed >>> 16) * 0x45d9f3b;
        return mixed ^ mixed >>> 16;
    }
}
