package dev.nightjar.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.cache.BlockCopy;
import dev.nightjar.engine.schedule.Sequence.State;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold for every step of first come, first served, whatever the workload. */
final class StepChecks {

    private final Workload workload;
    private final Scheduler scheduler;
    private List<Sequence> decoding = List.of();
    private Optional<Sequence> oldest = Optional.empty();
    private boolean hadWork;
    private int idleSteps;

    StepChecks(Workload workload, Scheduler scheduler) {
        this.workload = workload;
        this.scheduler = scheduler;
    }

    void beforeSchedule(Collection<Sequence> live) {
        List<Sequence> active =
                live.stream().filter(s -> s.state() == State.RUNNING && !s.isPaused()).toList();
        decoding = active.stream().filter(s -> s.numUncomputedTokens() == 1).toList();
        oldest = active.stream().min(Comparator.comparingLong(Sequence::arrival));
        hadWork = scheduler.hasWork();
        assertEquals(live.stream().anyMatch(s -> !s.isPaused()), hadWork);
    }

    void afterSchedule(SchedulerOutput output, Collection<Sequence> live) {
        scheduler.checkIntegrity();
        assertEquals(hadWork, !output.isEmpty(), "a step is empty exactly when there is no work");
        checkBudget(output);
        checkProgress(output);
        output.scheduled().forEach(this::checkShare);
        checkOwnership(output, live);
        checkNobodyWaitsInVain(output, live);
    }

    private void checkBudget(SchedulerOutput output) {
        int sum = output.scheduled().stream().mapToInt(ScheduledSequence::numTokens).sum();
        assertEquals(sum, output.numTokens());
        assertTrue(sum <= workload.config().maxBatchedTokens(), "token budget exceeded");
        assertTrue(isWithinPromptTokens(output), "streams wait for more of prompts than allowed");
        assertTrue(output.scheduled().size() <= workload.config().maxSequences());
        assertTrue(scheduler.numRunning() <= workload.config().maxSequences());
    }

    private boolean isWithinPromptTokens(SchedulerOutput output) {
        return output.numStreams() == 0 || output.numPromptTokens() <= mostPromptTokens();
    }

    /** By the streams that wanted a token, of which the step may have preempted some. */
    private int mostPromptTokens() {
        int perStreams = decoding.size() / StepComposer.STREAMS_PER_PROMPT_TOKEN;
        return Math.max(workload.maxPromptTokens(), perStreams);
    }

    private void checkProgress(SchedulerOutput output) {
        Set<Sequence> scheduled = new HashSet<>();
        for (ScheduledSequence share : output.scheduled()) {
            assertTrue(scheduled.add(share.sequence()), "scheduled twice");
        }
        for (Sequence victim : output.preempted()) {
            assertFalse(scheduled.contains(victim), "preempted and scheduled");
            assertEquals(State.WAITING, victim.state());
            assertEquals(0, victim.blocks().size());
        }
        for (Sequence sequence : decoding) {
            assertTrue(
                    scheduled.contains(sequence) || output.preempted().contains(sequence),
                    () -> sequence + " is a running stream and was stalled");
        }
        oldest.ifPresent(s -> assertTrue(scheduled.contains(s), "the oldest must progress"));
    }

    /**
     * With places, budget and blocks to spare, the next sequence is held back briefly if at all.
     */
    private void checkNobodyWaitsInVain(SchedulerOutput output, Collection<Sequence> live) {
        Optional<Sequence> next =
                live.stream()
                        .filter(s -> s.state() == State.WAITING && !s.isPaused())
                        .min(Comparator.comparingLong(Sequence::arrival));
        boolean isRoomLeft =
                output.preempted().isEmpty()
                        && output.numTokens() < workload.config().maxBatchedTokens()
                        && (output.numStreams() == 0
                                || output.numPromptTokens() < mostPromptTokens())
                        && scheduler.numRunning() < workload.config().maxSequences()
                        && next.filter(this::fitsFreeBlocks).isPresent();
        idleSteps = isRoomLeft ? idleSteps + 1 : 0;
        assertTrue(idleSteps < 5, () -> next + " waits for nothing");
    }

    private boolean fitsFreeBlocks(Sequence sequence) {
        return scheduler.stats().numFreeBlocks()
                > Math.ceilDiv(sequence.numTokens(), workload.blockSize());
    }

    private void checkShare(ScheduledSequence share) {
        Sequence sequence = share.sequence();
        assertEquals(State.RUNNING, sequence.state());
        assertFalse(sequence.isPaused());
        assertTrue(share.numTokens() > 0 && share.endToken() <= sequence.numTokens());
        assertEquals(share.endToken() == sequence.numTokens(), share.producesToken());
        assertTrue(sequence.blocks().size() * workload.blockSize() >= share.endToken());
    }

    /** Whatever a step writes belongs to one table alone and lies behind what is copied from it. */
    private void checkOwnership(SchedulerOutput output, Collection<Sequence> live) {
        Map<Integer, Integer> holders = new HashMap<>();
        for (Sequence sequence : live) {
            for (int i = 0; i < sequence.blocks().size(); i++) {
                holders.merge(sequence.blocks().get(i), 1, Integer::sum);
            }
        }
        Map<Integer, Integer> sources = new HashMap<>();
        for (BlockCopy copy : output.copies()) {
            sources.merge(copy.fromBlock(), copy.numTokens(), Math::max);
        }
        for (BlockCopy copy : output.copies()) {
            assertTrue(copy.numTokens() > 0 && copy.numTokens() < workload.blockSize());
            assertEquals(1, holders.get(copy.toBlock()), "a copy into a shared block");
            assertFalse(sources.containsKey(copy.toBlock()), "a copy into a source");
        }
        for (ScheduledSequence share : output.scheduled()) {
            for (int p = share.firstToken(); p < share.endToken(); p++) {
                int block = share.sequence().blocks().get(p / workload.blockSize());
                assertEquals(1, holders.get(block), "a shared block is written");
                int offset = p % workload.blockSize();
                assertTrue(offset >= sources.getOrDefault(block, 0), "copied and overwritten");
            }
        }
    }
}
