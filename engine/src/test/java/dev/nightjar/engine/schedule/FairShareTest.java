package dev.nightjar.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.cache.KvCacheManager;
import dev.nightjar.engine.request.Priority;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairShareTest {

    private final Scheduler scheduler =
            new Scheduler(
                    new SchedulerConfig(8, 1, 1000), new KvCacheManager(64, 4), new FairShare());
    private long nextId;

    private void add(String caller, Priority priority, int count) {
        for (int i = 0; i < count; i++) {
            scheduler.add(new Sequence(nextId++, new int[] {1, 2, 3}, 4, caller, priority));
        }
    }

    /** Runs one sequence after the other, each to its end; returns who they were of. */
    private List<String> serve(int count) {
        List<String> served = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SchedulerOutput output = scheduler.schedule();
            Sequence sequence = output.scheduled().getFirst().sequence();
            scheduler.update(output);
            scheduler.finish(sequence);
            served.add(sequence.cacheSalt());
        }
        return served;
    }

    @Test
    void oneCallerIsServedInOrderOfArrival() {
        add("a", Priority.STANDARD, 5);
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            SchedulerOutput output = scheduler.schedule();
            Sequence sequence = output.scheduled().getFirst().sequence();
            scheduler.update(output);
            scheduler.finish(sequence);
            ids.add(sequence.id());
        }
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L), ids);
    }

    @Test
    void callersOfAClassTakeTurns() {
        add("greedy", Priority.STANDARD, 50);
        add("modest", Priority.STANDARD, 2);
        List<String> served = serve(4);
        assertEquals(2, served.stream().filter("modest"::equals).count(), served::toString);
    }

    @Test
    void aHigherClassOvertakesAFullQueue() {
        add("standard", Priority.STANDARD, 1);
        assertEquals(List.of("standard"), serve(1));
        for (int caller = 0; caller < 100; caller++) {
            add("standard " + caller, Priority.STANDARD, 1);
        }
        add("dedicated", Priority.DEDICATED, 1);
        add("enterprise", Priority.ENTERPRISE, 1);
        assertEquals(List.of("enterprise", "dedicated"), serve(2));
    }

    /**
     * A stream of enterprise requests that never ends holds a standard one up, but not for good.
     */
    @Test
    void nobodyStarves() {
        add("standard", Priority.STANDARD, 1);
        int waited = 0;
        add("enterprise", Priority.ENTERPRISE, 4);
        while (!serve(1).contains("standard")) {
            add("enterprise", Priority.ENTERPRISE, 1);
            waited++;
            assertTrue(waited < 40, "the standard request starves");
        }
        assertTrue(waited >= 10, "enterprise requests went first, found " + waited);
    }
}
