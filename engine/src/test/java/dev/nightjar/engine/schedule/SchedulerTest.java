package dev.nightjar.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.cache.BlockCopy;
import dev.nightjar.engine.cache.KvCacheManager;
import dev.nightjar.engine.request.QueueFullException;
import dev.nightjar.engine.schedule.Sequence.State;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerTest {

    private static final int SAMPLED = 7;

    private KvCacheManager cache = new KvCacheManager(64, 4);
    private Scheduler scheduler = scheduler(new SchedulerConfig(16, 4, 8));
    private long nextId;

    @Test
    void aLongPromptIsComputedInChunksOfTheBudget() {
        Sequence sequence = add(prompt(0, 40), 50);
        assertEquals(List.of("0+16"), step());
        assertEquals(List.of("16+16"), step());
        assertEquals(List.of("32+8!"), step());
        assertEquals(List.of("40+1!"), step());
        assertEquals(2, sequence.numCompletionTokens());
    }

    @Test
    void runningStreamsComeBeforePromptsOfOthers() {
        add(prompt(0, 3), 20);
        step();
        add(prompt(100, 140), 60);
        assertEquals(List.of("3+1!", "0+15"), step());
        assertEquals(List.of("4+1!", "15+15"), step());
        assertEquals(List.of("5+1!", "30+10!"), step());
        assertEquals(List.of("6+1!", "40+1!"), step());
    }

    @Test
    void promptsTakeFewTokensBesideRunningStreams() {
        scheduler.allowPromptTokens(5);
        add(prompt(0, 12), 30);
        assertEquals(List.of("0+12!"), step());
        add(prompt(100, 108), 30);
        add(prompt(200, 208), 30);
        assertEquals(List.of("12+1!", "0+5"), step());
        assertEquals(List.of("13+1!", "5+3!", "0+2"), step());
        assertEquals(List.of("14+1!", "8+1!", "2+5"), step());
    }

    @Test
    void promptsAloneTakeTheWholeBudget() {
        scheduler.allowPromptTokens(1);
        add(prompt(0, 10), 30);
        add(prompt(100, 120), 30);
        assertEquals(List.of("0+10!", "0+6"), step());
        assertEquals(List.of("10+1!", "6+1"), step());
    }

    @Test
    void promptsTakeATokenForEachTwoStreamsAtLeast() {
        scheduler = scheduler(new SchedulerConfig(16, 8, 8));
        scheduler.allowPromptTokens(1);
        for (int i = 0; i < 6; i++) {
            add(prompt(i * 10, i * 10 + 2), 20);
        }
        step();
        add(prompt(100, 110), 60);
        List<String> step = step();
        assertEquals(7, step.size());
        assertEquals("0+3", step.getLast());
    }

    @Test
    void aStepIsSharedByPromptsInOrderOfArrival() {
        add(prompt(0, 6), 20);
        add(prompt(100, 106), 20);
        add(prompt(200, 206), 20);
        assertEquals(List.of("0+6!", "0+6!", "0+4"), step());
        assertEquals(List.of("6+1!", "6+1!", "4+2!"), step());
    }

    @Test
    void noMoreSequencesRunThanAllowed() {
        for (int i = 0; i < 6; i++) {
            add(prompt(i * 10, i * 10 + 2), 20);
        }
        assertEquals(4, step().size());
        assertEquals(2, scheduler.numWaiting());
        assertEquals(4, new SchedulerConfig(4, 9, 1).maxSequences());
    }

    @Test
    void theQueueIsLimited() {
        scheduler = scheduler(new SchedulerConfig(16, 1, 2));
        add(prompt(0, 2), 4);
        add(prompt(0, 2), 4);
        QueueFullException refused =
                assertThrows(QueueFullException.class, () -> add(prompt(0, 2), 4));
        assertEquals(2, refused.maxQueued());
        step();
        add(prompt(0, 2), 4);
        assertEquals(2, scheduler.numWaiting());
    }

    @Test
    void preemptedSequencesDoNotFillTheQueue() {
        cache = new KvCacheManager(4, 4);
        scheduler = scheduler(new SchedulerConfig(16, 4, 1));
        Sequence first = add(prompt(0, 7), 16);
        step();
        Sequence second = add(prompt(100, 107), 16);
        step();
        step();
        assertEquals(State.WAITING, second.state());
        assertEquals(State.RUNNING, first.state());
        add(prompt(200, 203), 8);
        assertThrows(QueueFullException.class, () -> add(prompt(300, 303), 8));
    }

    @Test
    void whatCanNeverFitIsRefused() {
        assertThrows(SequenceTooLongException.class, () -> add(prompt(0, 2), 4 * 64 + 1));
        add(prompt(0, 2), 4 * 64);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16, 32})
    void aRepeatedPromptComputesItsLastTokenOnly(int blockSize) {
        cache = new KvCacheManager(400, blockSize);
        scheduler = scheduler(new SchedulerConfig(256, 4, 8));
        scheduler.finish(computed(prompt(0, 100)));
        Sequence again = add(prompt(0, 100), 120);
        assertEquals(List.of("99+1!"), step());
        assertEquals(99, again.numCachedTokens());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16, 32})
    void aSharedPrefixOfAnyLengthIsNotComputedAgain(int blockSize) {
        cache = new KvCacheManager(2000, blockSize);
        scheduler = scheduler(new SchedulerConfig(256, 4, 8));
        scheduler.finish(computed(prompt(0, 100)));
        for (int shared = 1; shared < 100; shared++) {
            int[] prompt = Arrays.copyOf(prompt(0, shared), shared + 10);
            Arrays.fill(prompt, shared, prompt.length, 1000 + shared);
            Sequence sequence = add(prompt, prompt.length + 1);
            assertEquals(List.of(shared + "+10!"), step());
            assertEquals(shared, sequence.numCachedTokens());
            scheduler.finish(sequence);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16, 32})
    void choicesOfOneRequestComputeItsPromptOnce(int blockSize) {
        cache = new KvCacheManager(400, blockSize);
        scheduler = scheduler(new SchedulerConfig(256, 4, 8));
        for (int choice = 0; choice < 4; choice++) {
            add(prompt(0, 100), 120);
        }
        assertEquals(List.of("0+100!"), step());
        assertEquals(List.of("100+1!", "99+1!", "99+1!", "99+1!"), step());
        assertEquals(List.of("101+1!", "100+1!", "100+1!", "100+1!"), step());
    }

    @Test
    void aBurstWithACommonStartComputesItOnce() {
        for (int tail = 0; tail < 3; tail++) {
            int[] prompt = Arrays.copyOf(prompt(0, 8), 10);
            Arrays.fill(prompt, 8, 10, 1000 + tail);
            add(prompt, 20);
        }
        assertEquals(List.of("0+10!"), step());
        assertEquals(List.of("10+1!", "8+2!", "8+2!"), step());
    }

    @Test
    void theGeneratedTurnIsCachedForTheNextOne() {
        Sequence turn = add(prompt(0, 10), 40);
        IntStream.range(0, 5).forEach(i -> step());
        scheduler.finish(turn);
        int[] next = Arrays.copyOf(prompt(0, 10), 20);
        Arrays.fill(next, 10, 15, SAMPLED);
        Sequence second = add(next, 30);
        assertEquals(List.of("14+6!"), step());
        assertEquals(14, second.numCachedTokens());
    }

    @Test
    void aPartialBlockIsCopiedBeforeTheStep() {
        Sequence first = computed(prompt(0, 6));
        int source = first.blocks().get(1);
        scheduler.finish(first);
        Sequence second = add(prompt(0, 9), 20);
        SchedulerOutput output = scheduler.schedule();
        assertEquals(List.of(new BlockCopy(source, second.blocks().get(1), 2)), output.copies());
        assertEquals(4, second.numComputedTokens(), "copied tokens count after the update");
        scheduler.checkIntegrity();
        scheduler.update(output);
        assertEquals(9, second.numComputedTokens());
        scheduler.checkIntegrity();
    }

    @Test
    void aCancelledStepIsScheduledAgain() {
        scheduler.finish(computed(prompt(0, 6)));
        add(prompt(0, 9), 20);
        SchedulerOutput failed = scheduler.schedule();
        scheduler.cancel(failed);
        scheduler.checkIntegrity();
        assertEquals(List.of("4+5!"), step());
    }

    @Test
    void theLatestArrivalYieldsAndReturnsWithItsTokens() {
        cache = new KvCacheManager(4, 4);
        scheduler = scheduler(new SchedulerConfig(16, 4, 8));
        Sequence first = add(prompt(0, 7), 16);
        Sequence second = add(prompt(100, 107), 16);
        assertEquals(List.of("0+7!", "0+7!"), step());
        assertEquals(List.of("7+1!", "7+1!"), step());
        SchedulerOutput output = scheduler.schedule();
        assertEquals(List.of(second), output.preempted());
        assertEquals(first, output.scheduled().getFirst().sequence());
        assertEquals(1, output.scheduled().size());
        assertEquals(State.WAITING, second.state());
        assertEquals(9, second.numTokens());
        assertEquals(0, second.numComputedTokens());
        take(output);
        Sequence third = add(prompt(200, 202), 8);
        while (first.state() == State.RUNNING) {
            step();
        }
        assertEquals(List.of("0+9!", "0+2!"), step());
        assertEquals(0, second.numCachedTokens(), "hits of a readmission are not the client's");
        assertTrue(second.arrival() < third.arrival());
        assertEquals(1, scheduler.stats().preemptions());
    }

    @Test
    void aPausedSequenceKeepsItsBlocksUntilOthersNeedThem() {
        cache = new KvCacheManager(4, 4);
        scheduler = scheduler(new SchedulerConfig(16, 4, 8));
        Sequence paused = computed(prompt(0, 6));
        paused.pause();
        assertFalse(scheduler.hasWork());
        assertTrue(scheduler.schedule().isEmpty());
        assertEquals(2, paused.blocks().size());
        Sequence other = add(prompt(100, 109), 16);
        SchedulerOutput output = scheduler.schedule();
        assertEquals(List.of(paused), output.preempted());
        assertSame(other, output.scheduled().getFirst().sequence());
        take(output);
        scheduler.finish(other);
        paused.resume();
        assertEquals(1, step().size());
        assertEquals(State.RUNNING, paused.state());
    }

    @Test
    void finishWorksInEveryStateAndOnce() {
        cache = new KvCacheManager(4, 4);
        scheduler = scheduler(new SchedulerConfig(16, 4, 8));
        Sequence running = computed(prompt(0, 6));
        Sequence waiting = add(prompt(100, 103), 8);
        for (Sequence sequence : List.of(running, waiting, running, waiting)) {
            scheduler.finish(sequence);
            scheduler.checkIntegrity();
        }
        assertEquals(2, scheduler.stats().finished());
        assertEquals(4, cache.numFreeBlocks());
        assertFalse(scheduler.hasWork());
        assertThrows(IllegalArgumentException.class, () -> scheduler.add(running));
    }

    @Test
    void oneStepIsInFlightAtATime() {
        add(prompt(0, 3), 8);
        SchedulerOutput output = scheduler.schedule();
        assertThrows(IllegalStateException.class, scheduler::schedule);
        scheduler.update(output);
        assertThrows(IllegalStateException.class, () -> scheduler.update(output));
    }

    @Test
    void statsCountWhatWasDone() {
        Sequence sequence = add(prompt(0, 20), 30);
        IntStream.range(0, 3).forEach(i -> step());
        scheduler.finish(sequence);
        SchedulerStats stats = scheduler.stats();
        assertEquals(3, stats.steps());
        assertEquals(3, stats.scheduledSequences());
        assertEquals(21, stats.tokens());
        assertEquals(20, stats.prefillTokens());
        assertEquals(1, stats.finished());
        assertEquals(64, stats.numFreeBlocks());
    }

    @Test
    void limitsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new SchedulerConfig(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Sequence(1, new int[0], 5, ""));
        assertThrows(IllegalArgumentException.class, () -> new Sequence(1, new int[5], 5, ""));
        Sequence full = new Sequence(1, new int[5], 6, "");
        full.append(1);
        assertTrue(full.hasReachedMaxTokens());
        assertThrows(IllegalStateException.class, () -> full.append(1));
    }

    private Scheduler scheduler(SchedulerConfig config) {
        return new Scheduler(config, cache, new Fcfs());
    }

    private static int[] prompt(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    private Sequence add(int[] prompt, int maxTokens) {
        Sequence sequence = new Sequence(nextId++, prompt, maxTokens, "");
        scheduler.add(sequence);
        return sequence;
    }

    /** A running sequence whose prompt is computed. */
    private Sequence computed(int[] prompt) {
        Sequence sequence = add(prompt, prompt.length + 8);
        step();
        return sequence;
    }

    /** Schedules and takes a step; each share as first token + count, with ! for a new token. */
    private List<String> step() {
        return take(scheduler.schedule());
    }

    private List<String> take(SchedulerOutput output) {
        scheduler.update(output);
        for (ScheduledSequence share : output.scheduled()) {
            if (share.producesToken()) {
                share.sequence().append(SAMPLED);
                if (share.sequence().hasReachedMaxTokens()) {
                    scheduler.finish(share.sequence());
                }
            }
        }
        scheduler.checkIntegrity();
        return output.scheduled().stream().map(SchedulerTest::describe).toList();
    }

    private static String describe(ScheduledSequence share) {
        return share.firstToken() + "+" + share.numTokens() + (share.producesToken() ? "!" : "");
    }
}
