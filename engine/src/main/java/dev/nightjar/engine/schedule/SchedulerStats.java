package dev.nightjar.engine.schedule;

import dev.nightjar.engine.cache.CacheStats;

/**
 * A scheduler at one moment: counters since the start, then gauges.
 *
 * @param steps steps computed
 * @param scheduledSequences sequences in those steps, summed; over {@code steps}, the mean batch
 * @param tokens tokens computed
 * @param prefillTokens of those, all that are not the one newest token of a stream
 * @param preemptions sequences that lost their blocks
 * @param finished sequences that ended, aborted ones included
 * @param cache what the prefix cache saved
 * @param numRunning sequences that hold blocks
 * @param numWaiting sequences without
 * @param numFreeBlocks blocks that can be handed out
 */
public record SchedulerStats(
        long steps,
        long scheduledSequences,
        long tokens,
        long prefillTokens,
        long preemptions,
        long finished,
        CacheStats cache,
        int numRunning,
        int numWaiting,
        int numFreeBlocks) {

    /** Tokens taken from the prefix cache instead of being computed. */
    public long cachedTokens() {
        return cache.cachedTokens();
    }
}
