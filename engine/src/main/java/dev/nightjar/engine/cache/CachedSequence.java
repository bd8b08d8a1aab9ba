package dev.nightjar.engine.cache;

/** What the cache reads of a sequence: its token ids, its salt and the blocks it holds. */
public interface CachedSequence {

    /** The token id at a position in {@code [0, numTokens())}. */
    int token(int position);

    /** Known tokens: prompt and completion. */
    int numTokens();

    /**
     * Sequences share blocks only within equal salts. Whatever changes keys and values beside the
     * token ids (tenant, adapter, media) belongs into it.
     */
    String cacheSalt();

    /** The blocks of this sequence, filled by {@link KvCacheManager}. */
    BlockTable blocks();
}
