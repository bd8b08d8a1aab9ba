package dev.nightjar.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.cache.KvCacheManager;
import dev.nightjar.engine.request.QueueFullException;
import dev.nightjar.engine.schedule.PlannedRequest.Disturbance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An engine loop around a scheduler and the simulated model; checks every step it takes. */
final class Simulation {

    private static final int MAX_STEPS = 20_000;

    private final Workload workload;
    private final KvCacheManager cache;
    private final Scheduler scheduler;
    private final SimulatedModel model;
    private final StepChecks checks;
    private final Map<Sequence, PlannedRequest> live = new LinkedHashMap<>();
    private final List<Sequence> ended = new ArrayList<>();
    private int numRejected;
    private int numCopies;
    private int step;

    Simulation(Workload workload) {
        this.workload = workload;
        cache = new KvCacheManager(workload.numBlocks(), workload.blockSize());
        scheduler = new Scheduler(workload.config(), cache, new Fcfs());
        scheduler.allowPromptTokens(workload.maxPromptTokens());
        model = new SimulatedModel(workload.numBlocks(), workload.blockSize());
        checks = new StepChecks(workload, scheduler);
    }

    /** Runs until all requests have ended and returns the final counters. */
    SchedulerStats run() {
        int lastArrival =
                workload.requests().stream().mapToInt(PlannedRequest::step).max().orElse(0);
        for (step = 0; step <= lastArrival || !live.isEmpty(); step++) {
            assertTrue(step < MAX_STEPS, "livelock: " + live.keySet());
            arrive();
            disturb(Disturbance.ABORT_BETWEEN_STEPS);
            pauseAndResume();
            takeStep();
            scheduler.checkIntegrity();
        }
        assertEquals(0, scheduler.numRunning());
        assertEquals(0, scheduler.numWaiting());
        assertEquals(workload.numBlocks(), cache.numFreeBlocks(), "leaked blocks");
        assertEquals(ended.size(), scheduler.stats().finished());
        assertEquals(workload.requests().size(), ended.size() + numRejected);
        return scheduler.stats();
    }

    /** The accepted sequences in the order of their end; ids are indices of requests. */
    List<Sequence> ended() {
        return ended;
    }

    /** Partial blocks copied. */
    int numCopies() {
        return numCopies;
    }

    private void arrive() {
        for (int i = 0; i < workload.requests().size(); i++) {
            if (workload.requests().get(i).step() == step) {
                submit(i);
            }
        }
    }

    private void submit(int index) {
        PlannedRequest request = workload.requests().get(index);
        Sequence sequence = request.newSequence(index);
        long queued = live.keySet().stream().filter(other -> !other.wasAdmitted()).count();
        try {
            scheduler.add(sequence);
            live.put(sequence, request);
            assertTrue(queued < workload.config().maxQueued());
        } catch (QueueFullException e) {
            assertEquals(workload.config().maxQueued(), queued);
            numRejected++;
        } catch (SequenceTooLongException e) {
            assertTrue(request.maxTokens() > workload.numBlocks() * workload.blockSize());
            numRejected++;
        }
    }

    private void disturb(Disturbance kind) {
        for (Sequence sequence : List.copyOf(live.keySet())) {
            PlannedRequest request = live.get(sequence);
            if (request.disturbance() == kind && step >= request.step() + request.delay()) {
                end(sequence);
            }
        }
    }

    private void pauseAndResume() {
        live.forEach(
                (sequence, request) -> {
                    int since = step - request.step() - request.delay();
                    if (request.disturbance() == Disturbance.PAUSE && since == 0) {
                        sequence.pause();
                    } else if (since == PlannedRequest.PAUSE_STEPS) {
                        sequence.resume();
                    }
                });
    }

    private void takeStep() {
        checks.beforeSchedule(live.keySet());
        SchedulerOutput output = scheduler.schedule();
        checks.afterSchedule(output, live.keySet());
        if (workload.failEvery() > 0 && step % workload.failEvery() == 0) {
            model.spoil(output);
            scheduler.cancel(output);
            return;
        }
        output.copies().forEach(model::copy);
        numCopies += output.copies().size();
        output.scheduled().forEach(model::write);
        int[] next = output.scheduled().stream().mapToInt(model::next).toArray();
        disturb(Disturbance.ABORT_DURING_STEP);
        scheduler.update(output);
        for (int i = 0; i < next.length; i++) {
            ScheduledSequence share = output.scheduled().get(i);
            if (share.producesToken() && live.containsKey(share.sequence())) {
                append(share.sequence(), next[i]);
            }
        }
    }

    private void append(Sequence sequence, int token) {
        sequence.append(token);
        if (sequence.hasReachedMaxTokens() || token == SimulatedModel.STOP_TOKEN) {
            end(sequence);
        }
    }

    private void end(Sequence sequence) {
        scheduler.finish(sequence);
        scheduler.finish(sequence);
        live.remove(sequence);
        ended.add(sequence);
    }
}
