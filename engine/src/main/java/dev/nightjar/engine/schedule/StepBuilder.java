package dev.nightjar.engine.schedule;

import dev.nightjar.engine.cache.BlockCopy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects one step and keeps its token budget. */
final class StepBuilder {

    private final Map<Sequence, ScheduledSequence> scheduled = new LinkedHashMap<>();
    private final List<BlockCopy> copies = new ArrayList<>();
    private final List<Sequence> preempted = new ArrayList<>();
    private final int maxTokens;
    private int numTokens;

    StepBuilder(int maxTokens) {
        this.maxTokens = maxTokens;
    }

    /** Tokens that may still be added. */
    int budget() {
        return maxTokens - numTokens;
    }

    boolean hasPreempted() {
        return !preempted.isEmpty();
    }

    void add(Sequence sequence, int firstToken, int count) {
        boolean isLastKnown = firstToken + count == sequence.numTokens();
        scheduled.put(sequence, new ScheduledSequence(sequence, firstToken, count, isLastKnown));
        numTokens += count;
    }

    void add(BlockCopy copy) {
        copies.add(copy);
    }

    /** Takes a sequence out of the step, its tokens back into the budget. */
    void preempt(Sequence sequence) {
        ScheduledSequence share = scheduled.remove(sequence);
        numTokens -= share == null ? 0 : share.numTokens();
        preempted.add(sequence);
    }

    SchedulerOutput build() {
        return new SchedulerOutput(List.copyOf(scheduled.values()), copies, preempted, numTokens);
    }
}
