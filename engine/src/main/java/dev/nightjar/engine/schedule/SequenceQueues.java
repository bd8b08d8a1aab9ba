package dev.nightjar.engine.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who waits and who runs, each in the policy's order. Moves are O(log n) among those that wait and
 * O(n) among the few that run, which are walked in every step.
 */
final class SequenceQueues {

    private final SchedulingPolicy policy;
    private final Comparator<Sequence> order;
    private final TreeSet<Sequence> waiting;
    private final List<Sequence> running = new ArrayList<>();
    private int numQueued;

    SequenceQueues(SchedulingPolicy policy) {
        this.policy = policy;
        order = policy.order().thenComparingLong(Sequence::arrival);
        waiting = new TreeSet<>(order);
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

    /** A copy, in order. */
    List<Sequence> running() {
        return List.copyOf(running);
    }

    /** The same into a list that is used again and again, whatever it holds. */
    void copyRunning(List<Sequence> target) {
        target.clear();
        for (int i = 0; i < running.size(); i++) {
            target.add(running.get(i));
        }
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
        policy.admit(sequence);
        running.add(-1 - Collections.binarySearch(running, sequence, order), sequence);
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
        if (!isAnyPaused()) {
            return Optional.empty();
        }
        List<Sequence> paused = running.stream().filter(Sequence::isPaused).toList();
        return Optional.of(victimAmong(paused));
    }

    /** Whether a running sequence is paused. */
    boolean isAnyPaused() {
        for (int i = 0; i < running.size(); i++) {
            if (running.get(i).isPaused()) {
                return true;
            }
        }
        return false;
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
