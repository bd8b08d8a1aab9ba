package dev.nightjar.engine.schedule;

import dev.nightjar.engine.cache.CacheStats;
import dev.nightjar.engine.cache.KvCacheManager;
import java.util.List;

/**
 * Counts on the engine thread and publishes what all others see. Publishing copies numbers under a
 * lock that is held for some nanoseconds, as a snapshot object per step would be garbage.
 */
final class SchedulerCounters {

    private long steps;
    private long scheduledSequences;
    private long tokens;
    private long prefillTokens;
    private long preemptions;
    private long finished;
    private final Published published = new Published();

    /** What was last published; guarded by itself. */
    private static final class Published {
        private long steps;
        private long scheduledSequences;
        private long tokens;
        private long prefillTokens;
        private long preemptions;
        private long finished;
        private long admissions;
        private long hits;
        private long cachedTokens;
        private long evictions;
        private int numRunning;
        private int numWaiting;
        private int numFreeBlocks;
    }

    void countStep(SchedulerOutput output) {
        steps++;
        List<ScheduledSequence> shares = output.scheduled();
        scheduledSequences += shares.size();
        tokens += output.numTokens();
        for (int i = 0; i < shares.size(); i++) {
            ScheduledSequence share = shares.get(i);
            boolean endsInCompletion =
                    share.producesToken() && share.endToken() > share.sequence().numPromptTokens();
            prefillTokens += share.numTokens() - (endsInCompletion ? 1 : 0);
        }
    }

    void countPreemptions(int count) {
        preemptions += count;
    }

    void countFinished() {
        finished++;
    }

    void publish(KvCacheManager cache, int numRunning, int numWaiting) {
        synchronized (published) {
            published.steps = steps;
            published.scheduledSequences = scheduledSequences;
            published.tokens = tokens;
            published.prefillTokens = prefillTokens;
            published.preemptions = preemptions;
            published.finished = finished;
            published.admissions = cache.admissions();
            published.hits = cache.hits();
            published.cachedTokens = cache.cachedTokens();
            published.evictions = cache.evictions();
            published.numRunning = numRunning;
            published.numWaiting = numWaiting;
            published.numFreeBlocks = cache.numFreeBlocks();
        }
    }

    /** The latest snapshot; from any thread. */
    SchedulerStats snapshot() {
        synchronized (published) {
            return new SchedulerStats(
                    published.steps,
                    published.scheduledSequences,
                    published.tokens,
                    published.prefillTokens,
                    published.preemptions,
                    published.finished,
                    new CacheStats(
                            published.admissions,
                            published.hits,
                            published.cachedTokens,
                            published.evictions),
                    published.numRunning,
                    published.numWaiting,
                    published.numFreeBlocks);
        }
    }
}
