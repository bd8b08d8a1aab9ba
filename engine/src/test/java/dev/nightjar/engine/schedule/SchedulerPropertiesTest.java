package dev.nightjar.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.schedule.PlannedRequest.Disturbance;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.statistics.Statistics;

/** Random workloads against the simulated model; {@link StepChecks} holds in every step. */
class SchedulerPropertiesTest {

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void completionsDependOnTheRequestAlone(@ForAll("workloads") Workload workload) {
        checkCompletions(workload);
    }

    @Tag("full")
    @Property(tries = 50_000, edgeCases = EdgeCasesMode.NONE)
    void completionsDependOnTheRequestAloneManyTimes(@ForAll("workloads") Workload workload) {
        checkCompletions(workload);
    }

    /** A property that holds because nothing happens would be worthless. */
    @Property(tries = 200, seed = "20260101", edgeCases = EdgeCasesMode.NONE)
    void workloadsAreHardEnough(@ForAll("workloads") Workload workload) {
        Simulation simulation = new Simulation(workload);
        SchedulerStats stats = simulation.run();
        Statistics.label("preempted")
                .collect(stats.preemptions() > 0)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 25));
        Statistics.label("cache hit")
                .collect(stats.cache().hits() > 0)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 50));
        Statistics.label("evicted")
                .collect(stats.cache().evictions() > 0)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 40));
        Statistics.label("copied")
                .collect(simulation.numCopies() > 0)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 30));
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void aloneInAFreshPoolGivesTheReference(@ForAll("workloads") Workload workload) {
        PlannedRequest request = workload.requests().getFirst();
        PlannedRequest undisturbed =
                new PlannedRequest(
                        0, request.prompt(), request.maxTokens(), "", Disturbance.NONE, 0);
        int numBlocks = Math.ceilDiv(request.maxTokens(), workload.blockSize());
        Simulation alone =
                new Simulation(
                        new Workload(
                                workload.blockSize(),
                                numBlocks,
                                workload.config(),
                                workload.maxPromptTokens(),
                                0,
                                List.of(undisturbed)));
        SchedulerStats stats = alone.run();
        assertEquals(0, stats.preemptions());
        assertEquals(0, stats.cachedTokens());
        assertArrayEquals(
                SimulatedModel.complete(undisturbed),
                undisturbed.completion(alone.ended().getFirst()));
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void equalCallsGiveEqualSteps(@ForAll("workloads") Workload workload) {
        Simulation first = new Simulation(workload);
        Simulation second = new Simulation(workload);
        assertEquals(first.run(), second.run());
        assertEquals(
                first.ended().stream().map(Sequence::id).toList(),
                second.ended().stream().map(Sequence::id).toList());
    }

    @Provide
    Arbitrary<Workload> workloads() {
        return Workload.arbitrary(24);
    }

    private static void checkCompletions(Workload workload) {
        Simulation simulation = new Simulation(workload);
        simulation.run();
        for (Sequence sequence : simulation.ended()) {
            PlannedRequest request = workload.requests().get((int) sequence.id());
            int[] expected = SimulatedModel.complete(request);
            int[] actual = request.completion(sequence);
            int[] reached = request.isAborted() ? Arrays.copyOf(expected, actual.length) : expected;
            assertArrayEquals(reached, actual, request::toString);
        }
    }
}
