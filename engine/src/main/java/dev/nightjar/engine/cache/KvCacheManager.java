package dev.nightjar.engine.cache;

import java.util.Collection;

/**
 * Gives blocks to sequences and finds prefixes that are already computed. Serves one block pool of
 * {@code numBlocks} blocks of {@code blockSize} (P) tokens, and one thread.
 *
 * <p>The life of a sequence: {@link #match} and {@link #admit} once, then per step {@link
 * #allocate} before and {@link #commit} after its tokens are computed, at last {@link #release}. A
 * block referenced by more than one table is full and committed, and is never written again.
 */
public final class KvCacheManager {

    private final int blockSize;
    private final BlockPool pool;
    private final PrefixIndex index;
    private long admissions;
    private long hits;
    private long cachedTokens;
    private long evictions;

    /**
     * Starts with every block free.
     *
     * @param numBlocks blocks in the pool, at least 1
     * @param blockSize P, tokens per block, at least 1
     */
    public KvCacheManager(int numBlocks, int blockSize) {
        if (blockSize <= 0) {
            throw new IllegalArgumentException(
                    "a block holds at least one token, found block size " + blockSize);
        }
        this.blockSize = blockSize;
        pool = new BlockPool(numBlocks);
        index = new PrefixIndex(numBlocks, blockSize);
    }

    /** P, tokens per block. */
    public int blockSize() {
        return blockSize;
    }

    /** Blocks in the pool. */
    public int numBlocks() {
        return pool.numBlocks();
    }

    /** Blocks that can be handed out: never used ones and cached ones nobody refers to. */
    public int numFreeBlocks() {
        return pool.numFreeBlocks();
    }

    /** Blocks needed to hold that many tokens. */
    public int blocksFor(int numTokens) {
        return Math.ceilDiv(numTokens, blockSize);
    }

    /** Tokens the sequence could hold if it were given every free block. */
    public long reachableTokens(CachedSequence sequence) {
        return ((long) sequence.blocks().size() + pool.numFreeBlocks()) * blockSize;
    }

    /** Finds the cached prefix of a sequence; its last token is always left to compute. */
    public PrefixMatch match(CachedSequence sequence) {
        return index.match(sequence, sequence.numTokens() - 1);
    }

    /**
     * Gives a sequence without blocks the matched prefix and fresh blocks up to {@code numTokens}
     * tokens. A partial match is to be copied into the block after the full ones; its source has
     * been retained for {@link #releaseSource}.
     *
     * @return false, with nothing changed, when the free blocks do not suffice
     */
    public boolean admit(CachedSequence sequence, PrefixMatch match, int numTokens) {
        int fresh = blocksFor(numTokens) - match.fullBlocks().size();
        int saved = (int) match.fullBlocks().stream().filter(this::isFree).count();
        int source = match.partial().filter(partial -> isFree(partial.block())).isPresent() ? 1 : 0;
        if (fresh + saved + source > pool.numFreeBlocks()) {
            return false;
        }
        BlockTable table = sequence.blocks();
        match.partial().ifPresent(partial -> pool.retain(partial.block()));
        for (int block : match.fullBlocks()) {
            pool.retain(block);
            table.add(block);
        }
        table.commitTo(table.size());
        growTo(table, blocksFor(numTokens));
        admissions++;
        hits += match.numTokens() > 0 ? 1 : 0;
        cachedTokens += match.numTokens();
        return true;
    }

    /**
     * Extends a sequence's blocks to hold {@code numTokens} tokens in all.
     *
     * @return false, with nothing changed, when the free blocks do not suffice
     */
    public boolean allocate(CachedSequence sequence, int numTokens) {
        BlockTable table = sequence.blocks();
        int needed = blocksFor(numTokens);
        if (needed - table.size() > pool.numFreeBlocks()) {
            return false;
        }
        growTo(table, needed);
        return true;
    }

    /**
     * Makes the blocks filled by computed tokens available to others. A block whose content is
     * already cached is given back and replaced in the table by the cached one.
     *
     * @param numComputedTokens tokens {@code [0, numComputedTokens)} have keys and values
     */
    public void commit(CachedSequence sequence, int numComputedTokens) {
        BlockTable table = sequence.blocks();
        int full = numComputedTokens / blockSize;
        for (int i = table.numCommitted(); i < full; i++) {
            int block = table.get(i);
            int cached = index.insertFull(sequence, i, block);
            if (cached != block) {
                pool.retain(cached);
                table.set(i, cached);
                pool.discard(block);
            }
        }
        table.commitTo(Math.max(full, table.numCommitted()));
    }

    /**
     * Makes the partially filled last block available for copying too, as it is now. Worth it when
     * others are likely to need exactly this prefix: at the end of a prompt.
     *
     * @param numComputedTokens as in {@link #commit}, which was called before
     */
    public void commitPartial(CachedSequence sequence, int numComputedTokens) {
        int rest = numComputedTokens % blockSize;
        if (rest > 0) {
            int last = sequence.blocks().numCommitted();
            index.insertPartial(sequence, last, sequence.blocks().get(last), rest);
        }
    }

    /**
     * Takes all blocks from a sequence; computed ones stay cached while nobody needs their memory,
     * the partially filled last one included.
     *
     * @param numComputedTokens as in {@link #commit}
     */
    public void release(CachedSequence sequence, int numComputedTokens) {
        commit(sequence, numComputedTokens);
        commitPartial(sequence, numComputedTokens);
        BlockTable table = sequence.blocks();
        // Last block first: under memory pressure the end of a prefix is lost before its start.
        for (int i = table.size() - 1; i >= 0; i--) {
            drop(table.get(i));
        }
        table.clear();
    }

    /** Ends the protection of a copy's source, once the copy is done or given up. */
    public void releaseSource(BlockCopy copy) {
        drop(copy.fromBlock());
    }

    /** Sequences that were given their first blocks, readmissions included. */
    public long admissions() {
        return admissions;
    }

    /** Admissions that found at least one token. */
    public long hits() {
        return hits;
    }

    /** Tokens found, hence not computed. */
    public long cachedTokens() {
        return cachedTokens;
    }

    /** Cached blocks handed out for new content. */
    public long evictions() {
        return evictions;
    }

    /**
     * Checks that every block is free or referenced exactly by what is listed. O(numBlocks).
     *
     * @param holders all sequences that hold blocks
     * @param copies all copies whose source has not been released
     * @throws IllegalStateException naming the first block that disagrees
     */
    public void checkIntegrity(
            Collection<? extends CachedSequence> holders, Collection<BlockCopy> copies) {
        pool.checkIntegrity();
        int[] expected = new int[pool.numBlocks()];
        for (CachedSequence holder : holders) {
            for (int i = 0; i < holder.blocks().size(); i++) {
                expected[holder.blocks().get(i)]++;
            }
        }
        copies.forEach(copy -> expected[copy.fromBlock()]++);
        for (int block = 0; block < expected.length; block++) {
            if (expected[block] != pool.references(block)) {
                throw new IllegalStateException(
                        "block %d is held %d times but counts %d references"
                                .formatted(block, expected[block], pool.references(block)));
            }
        }
    }

    private boolean isFree(int block) {
        return pool.references(block) == 0;
    }

    private void growTo(BlockTable table, int numBlocks) {
        while (table.size() < numBlocks) {
            int block = pool.acquire();
            if (index.holds(block)) {
                index.forget(block);
                evictions++;
            }
            table.add(block);
        }
    }

    private void drop(int block) {
        if (index.holds(block)) {
            pool.release(block);
        } else {
            pool.discard(block);
        }
    }
}
