package dev.nightjar.engine.schedule;

import dev.nightjar.engine.cache.BlockCopy;
import java.util.List;

/**
 * One step: the copies first, then all tokens in one batch.
 *
 * @param scheduled each sequence at most once; running streams first, then prompt chunks
 * @param copies to be done before anything is computed
 * @param preempted sequences that lost their blocks to this step; none of them is scheduled
 * @param numTokens tokens to compute in all, within the budget
 */
public record SchedulerOutput(
        List<ScheduledSequence> scheduled,
        List<BlockCopy> copies,
        List<Sequence> preempted,
        int numTokens) {

    /** Copies the lists. */
    public SchedulerOutput {
        scheduled = List.copyOf(scheduled);
        copies = List.copyOf(copies);
        preempted = List.copyOf(preempted);
    }

    /** Whether there is nothing to compute; such a step needs no update. */
    public boolean isEmpty() {
        return scheduled.isEmpty();
    }
}
