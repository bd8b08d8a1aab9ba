package dev.nightjar.engine.cache;

/**
 * A cached block in the tree of prefixes; its identity stands for the whole path of tokens. One
 * object per block, used again for whatever the block holds next, so that indexing a block
 * allocates nothing. The children of a node form a {@link NodeTreap} through the nodes themselves.
 */
final class PrefixNode {

    static final int NO_BLOCK = -1;

    private final int block;
    private final int[] tokens;
    private final String salt; // null where this is no root
    private int numTokens;
    private boolean isIndexed;
    private PrefixNode parent; // null at a root, and where the path to here was forgotten
    private PrefixNode children; // the treap of them, null without any

    /** Links of the treap that this node is in. */
    PrefixNode left;

    PrefixNode right;

    private PrefixNode(int block, int capacity, String salt) {
        this.block = block;
        this.tokens = new int[capacity];
        this.salt = salt;
    }

    /** A tree of its own, without a block. */
    static PrefixNode root(String salt) {
        return new PrefixNode(NO_BLOCK, 0, salt);
    }

    /** The node of a block that holds nothing yet. */
    static PrefixNode of(int block, int blockSize) {
        return new PrefixNode(block, blockSize, null);
    }

    String salt() {
        return salt;
    }

    boolean isRoot() {
        return salt != null;
    }

    int block() {
        return block;
    }

    /** Whether the block's content is known here, be it that nothing leads to it any more. */
    boolean isIndexed() {
        return isIndexed;
    }

    boolean hasChildren() {
        return children != null;
    }

    /** The child with exactly these tokens of a sequence, or null. */
    PrefixNode child(CachedSequence sequence, int from, int count) {
        PrefixNode child = NodeTreap.ceiling(children, sequence, from, count);
        return child != null && child.compareTo(sequence, from, count) == 0 ? child : null;
    }

    /** Makes a node a child, with those tokens of a sequence. */
    void add(PrefixNode child, CachedSequence sequence, int from, int count) {
        for (int i = 0; i < count; i++) {
            child.tokens[i] = sequence.token(from + i);
        }
        child.numTokens = count;
        child.isIndexed = true;
        child.parent = this;
        children = NodeTreap.insert(children, child);
    }

    /**
     * Takes this node out of the index and returns its parent, null if there is none. Nothing leads
     * to the nodes below from now on.
     */
    PrefixNode detach() {
        PrefixNode former = parent;
        if (former != null) {
            former.children = NodeTreap.remove(former.children, this);
        }
        orphan(children);
        children = null;
        parent = null;
        isIndexed = false;
        return former;
    }

    /** Their own children stay with them: those are found by none and need no change. */
    private static void orphan(PrefixNode tree) {
        if (tree != null) {
            orphan(tree.left);
            orphan(tree.right);
            tree.left = null;
            tree.right = null;
            tree.parent = null;
        }
    }

    /** Whether some child begins with these tokens; those follow them directly in the order. */
    boolean hasChildStartingWith(CachedSequence sequence, int from, int count) {
        PrefixNode after = NodeTreap.ceiling(children, sequence, from, count);
        return after != null && after.commonPrefix(sequence, from, count) == count;
    }

    /** The child that shares most leading tokens: one of the two neighbours; null without any. */
    PrefixNode nearestChild(CachedSequence sequence, int from, int count) {
        PrefixNode before = NodeTreap.floor(children, sequence, from, count);
        PrefixNode after = NodeTreap.ceiling(children, sequence, from, count);
        if (before == null || after == null) {
            return before == null ? after : before;
        }
        boolean isAfter =
                after.commonPrefix(sequence, from, count)
                        > before.commonPrefix(sequence, from, count);
        return isAfter ? after : before;
    }

    /** How many leading tokens agree. */
    int commonPrefix(CachedSequence sequence, int from, int count) {
        int n = Math.min(numTokens, count);
        int same = 0;
        while (same < n && tokens[same] == sequence.token(from + same)) {
            same++;
        }
        return same;
    }

    /** Lexicographic; a beginning comes before what goes on. */
    int compareTo(CachedSequence sequence, int from, int count) {
        int same = commonPrefix(sequence, from, count);
        return same < Math.min(numTokens, count)
                ? Integer.compare(tokens[same], sequence.token(from + same))
                : numTokens - count;
    }

    /** The same with the tokens of another node. */
    int compareTo(PrefixNode other) {
        int n = Math.min(numTokens, other.numTokens);
        int same = 0;
        while (same < n && tokens[same] == other.tokens[same]) {
            same++;
        }
        return same < n
                ? Integer.compare(tokens[same], other.tokens[same])
                : numTokens - other.numTokens;
    }
}
