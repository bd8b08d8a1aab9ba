package dev.nightjar.kernels.cpu.simd;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** {@link Q4_KGroup} with eight words of fifth bits, bit j for sub-block j, before the nibbles. */
final class Q5_KGroup implements GroupFormat, FusedTiles {

    private static final int ROWS = GroupLayout.ROWS;
    private static final int WORD = GroupLayout.WORD_BYTES;
    private static final GroupLayout LAYOUT = GroupLayout.words(256, 44);
    private static final int ALL = RunPlan.COUNT / RunPlan.RUN;
    private static final RunPlan PLAN =
            RunPlan.high(
                    RunPlan.nibbles(
                            run -> (12 + run / 4 * 8 + run % 2 * 4) * WORD,
                            run -> run / 2 % 2 * 4,
                            run -> run / 2 * 2 * ROWS),
                    run -> (4 + run % 2 * 4) * WORD,
                    run -> run / 2,
                    0x01010101);

    @Override
    public GroupLayout layout() {
        return LAYOUT;
    }

    @Override
    public void unpack(MemorySegment data, long offset, int count, GroupScratch scratch) {
        for (int k = 0; k < count; k += RunPlan.COUNT, offset += LAYOUT.stepBytes()) {
            Q4_KGroup.scales(data, offset, scratch.scales, 0);
            HighNibbleRuns.unpack(data, offset, PLAN, ALL, scratch, k * ROWS);
        }
    }

    @Override
    public void dot(
            MemorySegment data,
            long first,
            long second,
            float[] x,
            int xStart,
            int n,
            GroupScratch scratch) {
        Arrays.fill(scratch.sums, 0);
        for (int k = 0; k < n; k += RunPlan.COUNT) {
            Q4_KGroup.scales(data, first, scratch.scales, 0);
            Q4_KGroup.scales(data, second, scratch.scales, GroupScratch.SCALES);
            HighNibbleRuns.dot(data, first, second, PLAN, ALL, scratch, x, xStart + k);
            first += LAYOUT.stepBytes();
            second += LAYOUT.stepBytes();
        }
    }

    @Override
    public int maxRows() {
        return 4;
    }

    @Override
    public void tile(
            int size,
            MemorySegment data,
            long offset,
            float[] x,
            int xStart,
            int n,
            GroupScratch scratch,
            float[] sums,
            int at) {
        for (int k = 0; k < n; k += RunPlan.COUNT, offset += LAYOUT.stepBytes()) {
            Q4_KGroup.scales(data, offset, scratch.scales, 0);
            int from = xStart + k * size;
            HighNibbleTiles.tile(data, offset, PLAN, ALL, scratch, x, from, sums, at);
        }
    }
}
