package dev.nightjar.engine.schedule;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Who waits and who runs, each in the policy's order. Moves are O(log n). */
final class SequenceQueues {

    private final SchedulingPolicy policy;
    private final TreeSet<Sequence> waiting;
    private final TreeSet<Sequence> running;
    private int numQueued;

    SequenceQueues(SchedulingPolicy policy) {
        this.policy = policy;
        Comparator<Sequence> order = policy.order().thenComparingLong(Sequence::arrival);
        waiting = new TreeSet<>(order);
        running = new TreeSet<>(order);
    }

    /** Sequences that hold blocks. */
    int numRunning() {
        return running.size();
    }

    /** Sequences without blocks. */
    int numWaiting() {
        return waiting.size();
    }

    /** Waiting sequences that were never admitted; preempted ones had their place already. */
    int numQueued() {
        return numQueued;
    }

    /** A copy, in order, so that sequences may be moved while it is walked. */
    List<Sequence> running() {
        return List.copyOf(running);
    }

    /** The first to be admitted. */
    Optional<Sequence> nextWaiting() {
        return waiting.stream().filter(sequence -> !sequence.isPaused()).findFirst();
    }

    boolean hasUnpaused() {
        return nextWaiting().isPresent() || running.stream().anyMatch(s -> !s.isPaused());
    }

    void add(Sequence sequence) {
        waiting.add(sequence);
        numQueued++;
    }

    void admit(Sequence sequence) {
        leaveWaiting(sequence);
        running.add(sequence);
    }

    void preempt(Sequence sequence) {
        running.remove(sequence);
        waiting.add(sequence);
    }

    void remove(Sequence sequence) {
        if (!running.remove(sequence)) {
            leaveWaiting(sequence);
        }
    }

    private void leaveWaiting(Sequence sequence) {
        if (waiting.remove(sequence) && !sequence.wasAdmitted()) {
            numQueued--;
        }
    }

    /** The running sequence to preempt. */
    Sequence victim() {
        return victimAmong(running());
    }

    /** The paused sequence to preempt, if any is running. */
    Optional<Sequence> pausedVictim() {
        List<Sequence> paused = running.stream().filter(Sequence::isPaused).toList();
        return paused.isEmpty() ? Optional.empty() : Optional.of(victimAmong(paused));
    }

    private Sequence victimAmong(List<Sequence> candidates) {
        Sequence victim = policy.victim(candidates);
        if (!candidates.contains(victim)) {
            throw new IllegalStateException(
                    "the policy must choose one of %s, found %s".formatted(candidates, victim));
        }
        return victim;
    }
}
