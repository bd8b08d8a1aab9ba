package dev.nightjar.server.cache;

/**
 * Counters of a cache at one moment.
 *
 * @param entries results in it
 * @param bytes what they take
 * @param maxBytes the most they may take
 * @param hits results that were there when they were looked for
 * @param misses results that were not
 * @param evictions results that went to make room
 */
public record CacheStats(
        int entries, long bytes, long maxBytes, long hits, long misses, long evictions) {}
