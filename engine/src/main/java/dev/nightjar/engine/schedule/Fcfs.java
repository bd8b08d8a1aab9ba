package dev.nightjar.engine.schedule;

import java.util.Comparator;
import java.util.List;

/**
 * First come, first served. The victim is the latest arrival, but a paused sequence yields before
 * any that makes progress. A preempted sequence arrived before all that were never admitted, so it
 * waits in front of them.
 */
public final class Fcfs implements SchedulingPolicy {

    /** Creates the policy, which has no state. */
    public Fcfs() {}

    @Override
    public Comparator<Sequence> order() {
        return Comparator.comparingLong(Sequence::arrival);
    }

    @Override
    public Sequence victim(List<Sequence> running) {
        return running.reversed().stream()
                .filter(Sequence::isPaused)
                .findFirst()
                .orElseGet(running::getLast);
    }
}
