package dev.nightjar.engine.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which block holds the keys and values of which token prefix: one tree of blocks per salt. A full
 * block can have children; a partially filled one is a leaf that is only ever copied from.
 *
 * <p>Forgetting a block cuts its subtree off: the blocks below can no longer be reached and wait
 * for their own eviction. Since a sequence releases its last block first, leaves go first as a
 * rule.
 */
final class PrefixIndex {

    private final int blockSize;
    private final Map<String, PrefixNode> roots = new HashMap<>();
    private final PrefixNode[] nodeOf; // by block

    PrefixIndex(int numBlocks, int blockSize) {
        this.blockSize = blockSize;
        nodeOf = new PrefixNode[numBlocks];
        Arrays.setAll(nodeOf, block -> PrefixNode.of(block, blockSize));
    }

    /** Whether the block's content is indexed. */
    boolean holds(int block) {
        return nodeOf[block].isIndexed();
    }

    /** Finds the longest cached prefix of tokens {@code [0, limit)}. O(limit); changes nothing. */
    PrefixMatch match(CachedSequence sequence, int limit) {
        PrefixNode node = roots.get(sequence.cacheSalt());
        if (node == null) {
            return PrefixMatch.none();
        }
        List<Integer> full = new ArrayList<>();
        int position = 0;
        while (position + blockSize <= limit) {
            PrefixNode child = node.child(sequence, position, blockSize);
            if (child == null) {
                break;
            }
            full.add(child.block());
            node = child;
            position += blockSize;
        }
        int rest = Math.min(blockSize, limit - position);
        PrefixNode nearest = node.nearestChild(sequence, position, rest);
        int copied = nearest == null ? 0 : nearest.commonPrefix(sequence, position, rest);
        Optional<PrefixMatch.PartialBlock> partial =
                copied == 0
                        ? Optional.empty()
                        : Optional.of(new PrefixMatch.PartialBlock(nearest.block(), copied));
        return new PrefixMatch(full, partial, position + copied);
    }

    /**
     * Indexes a full block under the committed blocks before it, instead of a partial entry that
     * the block may have had.
     *
     * @return {@code block}, or the block that already holds the same prefix and replaces it
     */
    int insertFull(CachedSequence sequence, int index, int block) {
        forget(block);
        PrefixNode parent = parentOf(sequence, index);
        PrefixNode known = parent.child(sequence, index * blockSize, blockSize);
        if (known != null) {
            return known.block();
        }
        parent.add(nodeOf[block], sequence, index * blockSize, blockSize);
        return block;
    }

    /**
     * Indexes the first tokens of a block, unless another block already starts with them. The owner
     * may go on writing behind them.
     */
    void insertPartial(CachedSequence sequence, int index, int block, int numTokens) {
        forget(block);
        int start = index * blockSize;
        PrefixNode parent = parentOf(sequence, index);
        if (!parent.hasChildStartingWith(sequence, start, numTokens)) {
            parent.add(nodeOf[block], sequence, start, numTokens);
        }
    }

    /** Removes a block's entry, if it has one; its memory is about to hold something else. */
    void forget(int block) {
        if (!holds(block)) {
            return;
        }
        PrefixNode parent = nodeOf[block].detach();
        if (parent != null && parent.isRoot() && !parent.hasChildren()) {
            roots.remove(parent.salt());
        }
    }

    private PrefixNode parentOf(CachedSequence sequence, int index) {
        return index == 0
                ? roots.computeIfAbsent(sequence.cacheSalt(), PrefixNode::root)
                : nodeOf[sequence.blocks().get(index - 1)];
    }
}
