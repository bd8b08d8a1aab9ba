package dev.nightjar.engine.cache;

import java.util.List;
import java.util.Optional;

/**
 * The cached part of a sequence, found but not yet taken; valid until the cache changes.
 *
 * <pre>
 *   | full block | full block | ... | partial |  to compute (at least one token)
 *   0            P           2P     nP        numTokens()
 * </pre>
 *
 * @param fullBlocks shared by reference
 * @param partial a block whose first tokens agree; they are copied into a fresh block
 * @param numTokens tokens covered by both
 */
public record PrefixMatch(List<Integer> fullBlocks, Optional<PartialBlock> partial, int numTokens) {

    /**
     * The agreeing start of a cached block.
     *
     * @param block the block to copy from
     * @param numTokens how many of its tokens agree
     */
    public record PartialBlock(int block, int numTokens) {}

    /** Copies the list. */
    public PrefixMatch {
        fullBlocks = List.copyOf(fullBlocks);
    }

    /** Nothing cached. */
    static PrefixMatch none() {
        return new PrefixMatch(List.of(), Optional.empty(), 0);
    }

    /** This match without its copy, which needs one block less while the step runs. */
    public PrefixMatch withoutPartial() {
        int copied = partial.map(PartialBlock::numTokens).orElse(0);
        return new PrefixMatch(fullBlocks, Optional.empty(), numTokens - copied);
    }
}
