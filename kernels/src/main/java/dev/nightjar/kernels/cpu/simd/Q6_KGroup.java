package dev.nightjar.kernels.cpu.simd;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A half as scale, 32 words of lower nibbles, 16 of upper bits, four of scale codes. Each half of
 * 128 weights has its lower nibbles in 16 words: 64 weights in lower, 64 in upper nibbles.
 */
final class Q6_KGroup implements GroupFormat, FusedTiles {

    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Short> S = VectorShapes.SHORTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int WORD = GroupLayout.WORD_BYTES;
    private static final GroupLayout LAYOUT = new GroupLayout(256, 210, 208, 0, 52);
    private static final int ALL = RunPlan.COUNT / RunPlan.RUN;
    private static final RunPlan PLAN =
            RunPlan.high(
                    RunPlan.nibbles(
                            run -> (16 * (run / 8) + run % 4 * 4) * WORD + GroupLayout.HALF_BYTES,
                            run -> run / 4 % 2 * 4,
                            run -> run * 2 * ROWS),
                    run -> (32 + 8 * (run / 8) + run % 2 * 4) * WORD + GroupLayout.HALF_BYTES,
                    run -> run / 2 % 4 * 2,
                    0x03030303);

    @Override
    public GroupLayout layout() {
        return LAYOUT;
    }

    @Override
    public void unpack(MemorySegment data, long offset, int count, GroupScratch scratch) {
        for (int k = 0; k < count; k += RunPlan.COUNT, offset += LAYOUT.stepBytes()) {
            scales(data, offset, scratch.scales, 0);
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
            scales(data, first, scratch.scales, 0);
            scales(data, second, scratch.scales, GroupScratch.SCALES);
            HighNibbleRuns.dot(data, first, second, PLAN, ALL, scratch, x, xStart + k);
            first += LAYOUT.stepBytes();
            second += LAYOUT.stepBytes();
        }
    }

    /** Factor and offset of run j from {@code 64 * j} on. */
    private static void scales(MemorySegment data, long block, float[] scales, int start) {
        for (int lane = 0; lane < ROWS; lane += L) {
            FloatVector d =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(
                                                    S, data, block + 2 * lane, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
            for (int word = 0; word < 4; word++) {
                long at = block + GroupLayout.HALF_BYTES + (48 + word) * WORD + 4 * lane;
                IntVector v = IntVector.fromMemorySegment(I, data, at, LITTLE_ENDIAN);
                for (int i = 0; i < 4; i++) {
                    int to = start + (4 * word + i) * 2 * ROWS + lane;
                    FloatVector scale =
                            ((FloatVector)
                                            v.lanewise(LSHL, 24 - 8 * i)
                                                    .lanewise(ASHR, 24)
                                                    .convert(I2F, 0))
                                    .mul(d);
                    scale.intoArray(scales, to);
                    scale.mul(-32).intoArray(scales, to + ROWS);
                }
            }
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
            scales(data, offset, scratch.scales, 0);
            int from = xStart + k * size;
            HighNibbleTiles.tile(data, offset, PLAN, ALL, scratch, x, from, sums, at);
        }
    }
}
