package dev.nightjar.engine.metrics;

/**
 * A snapshot of one model's counters; all up to the evictions only grow.
 *
 * @param steps forward passes
 * @param scheduledSequences sequences per step, summed over all steps
 * @param computedTokens prompt and completion tokens that went through the model
 * @param cachedTokens prompt tokens taken from the prefix cache instead
 * @param generatedTokens sampled tokens
 * @param submitted sequences accepted
 * @param finished sequences that ended in any way
 * @param aborted of those, the ones ended by their client or caller
 * @param failed of those, the ones ended by an error
 * @param preemptions sequences set back to free blocks
 * @param cacheLookups sequences whose prompt was looked up in the prefix cache
 * @param cacheHits of those, the ones that found some of it there
 * @param cacheEvictions blocks of the prefix cache given up for others
 * @param running sequences that hold blocks now
 * @param waiting sequences queued now
 * @param freeBlocks KV blocks that are free or hold only evictable prefixes
 * @param totalBlocks KV blocks in the pool
 * @param distributions what sequences and steps took
 */
public record EngineStats(
        long steps,
        long scheduledSequences,
        long computedTokens,
        long cachedTokens,
        long generatedTokens,
        long submitted,
        long finished,
        long aborted,
        long failed,
        long preemptions,
        long cacheLookups,
        long cacheHits,
        long cacheEvictions,
        int running,
        int waiting,
        int freeBlocks,
        int totalBlocks,
        Distributions distributions) {

    /** Nothing yet. */
    public static final EngineStats NONE =
            new EngineStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Distributions.NONE);

    /** Mean number of sequences per step; 0 before the first. */
    public double meanBatchSize() {
        return steps == 0 ? 0 : (double) scheduledSequences / steps;
    }

    /** Sequences accepted and not yet ended. */
    public long inFlight() {
        return submitted - finished;
    }

    /** The sum of two models' counters. */
    public EngineStats plus(EngineStats other) {
        return new EngineStats(
                steps + other.steps,
                scheduledSequences + other.scheduledSequences,
                computedTokens + other.computedTokens,
                cachedTokens + other.cachedTokens,
                generatedTokens + other.generatedTokens,
                submitted + other.submitted,
                finished + other.finished,
                aborted + other.aborted,
                failed + other.failed,
                preemptions + other.preemptions,
                cacheLookups + other.cacheLookups,
                cacheHits + other.cacheHits,
                cacheEvictions + other.cacheEvictions,
                running + other.running,
                waiting + other.waiting,
                freeBlocks + other.freeBlocks,
                totalBlocks + other.totalBlocks,
                distributions.plus(other.distributions));
    }
}
