package dev.nightjar.server.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadTest {

    private static final int REQUESTS = 200;

    private static Workload workload(long seed) {
        return new Workload(
                new LoadPlan(
                        URI.create("http://127.0.0.1:1/v1"),
                        LoadPlan.Api.EMBEDDINGS,
                        "m",
                        Optional.empty(),
                        new LoadPlan.Arrival.Rate(100),
                        0,
                        REQUESTS,
                        12,
                        1,
                        seed,
                        Duration.ofSeconds(1),
                        ""));
    }

    @Test
    void equalSeedsGiveEqualWork() {
        assertEquals(workload(3).prompt(5), workload(3).prompt(5));
        assertArrayEquals(workload(3).dueNanos(), workload(3).dueNanos());
    }

    /** Or a server that keeps answers would look fast in the second run. */
    @Test
    void noTwoSeedsSharePrompts() {
        Set<String> prompts = new HashSet<>();
        for (long seed = 0; seed < 10; seed++) {
            for (int i = 0; i < REQUESTS; i++) {
                prompts.add(workload(seed).prompt(i));
            }
        }
        assertEquals(10 * REQUESTS, prompts.size());
    }
}
