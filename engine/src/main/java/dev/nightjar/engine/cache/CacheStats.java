package dev.nightjar.engine.cache;

/**
 * What the prefix cache has done so far.
 *
 * @param admissions sequences that were given their first blocks, readmissions included
 * @param hits admissions that found at least one token
 * @param cachedTokens tokens found, hence not computed
 * @param evictions cached blocks handed out for new content
 */
public record CacheStats(long admissions, long hits, long cachedTokens, long evictions) {}
