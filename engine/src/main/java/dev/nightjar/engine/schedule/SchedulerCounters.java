package dev.nightjar.engine.schedule;

import dev.nightjar.engine.cache.KvCacheManager;

/** Counts on the engine thread and publishes an immutable snapshot for all others. */
final class SchedulerCounters {

    private long steps;
    private long scheduledSequences;
    private long tokens;
    private long prefillTokens;
    private long preemptions;
    private long finished;
    private volatile SchedulerStats published;

    void countStep(SchedulerOutput output) {
        steps++;
        scheduledSequences += output.scheduled().size();
        tokens += output.numTokens();
        for (ScheduledSequence share : output.scheduled()) {
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
        published =
                new SchedulerStats(
                        steps,
                        scheduledSequences,
                        tokens,
                        prefillTokens,
                        preemptions,
                        finished,
                        cache.stats(),
                        numRunning,
                        numWaiting,
                        cache.numFreeBlocks());
    }

    /** The latest snapshot; from any thread. */
    SchedulerStats snapshot() {
        return published;
    }
}
