package dev.nightjar.kernels.cpu.simd.team;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ChunkRangesTest {

    @Test
    void aWorkerPassesOverItsRangeAndThenHelpsOthersFromTheirEnds() {
        ChunkRanges ranges = new ChunkRanges(2);
        ranges.deal(7);
        assertTakes(ranges, 1, 3, 4, 5, 6, 2, 1);
        assertTakes(ranges, 0, 0);
        assertTrue(ranges.take(0) < 0);
        assertTrue(ranges.take(1) < 0);
    }

    @Test
    void fewerChunksThanWorkersAreTakenByAnyone() {
        ChunkRanges ranges = new ChunkRanges(3);
        ranges.deal(2);
        assertTakes(ranges, 2, 0, 1);
        assertTrue(ranges.take(0) < 0);
        ranges.deal(4);
        assertTakes(ranges, 0, 0, 1, 3, 2);
        assertTrue(ranges.take(2) < 0);
    }

    private static void assertTakes(ChunkRanges ranges, int worker, int... chunks) {
        for (int chunk : chunks) {
            assertEquals(chunk, ranges.take(worker));
        }
    }
}
