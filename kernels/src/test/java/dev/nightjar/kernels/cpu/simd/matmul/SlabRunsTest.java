package dev.nightjar.kernels.cpu.simd.matmul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SlabRunsTest {

    @Test
    void runsFollowEachOtherAndLeaveNothingOut() {
        for (int workers = 1; workers <= 17; workers++) {
            SlabRuns runs = new SlabRuns(workers);
            for (int slabs = 1; slabs < 300; slabs += 1 + slabs / 7) {
                int count = runs.share(slabs);
                assertEquals(0, runs.first(0));
                for (int run = 0; run < count; run++) {
                    assertTrue(runs.first(run) <= runs.first(run + 1), workers + ", " + slabs);
                }
                assertEquals(slabs, runs.first(count), workers + " workers");
            }
        }
    }

    @Test
    void eachWorkerBeginsWithManyAndEndsWithFew() {
        SlabRuns runs = new SlabRuns(2);
        assertEquals(12, runs.share(32));
        int[] firsts = {0, 5, 9, 12, 14, 15, 16, 21, 25, 28, 30, 31, 32};
        for (int run = 0; run <= 12; run++) {
            assertEquals(firsts[run], runs.first(run));
        }
    }

    @Test
    void fewSlabsAreTakenOneByOne() {
        SlabRuns runs = new SlabRuns(4);
        assertEquals(23, runs.share(23));
        assertEquals(17, runs.first(17));
        assertEquals(23, runs.first(23));
    }
}
