package dev.nightjar.kernels.cpu.simd.group;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import dev.nightjar.kernels.cpu.simd.code.CodeFormat;
import dev.nightjar.kernels.cpu.simd.code.Q4_0Codes;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/** A half as scale, then four words of nibbles around 8: the lower ones, then the upper ones. */
public final class Q4_0Group implements GroupFormat, FusedTiles {

    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Short> S = VectorShapes.SHORTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final GroupLayout LAYOUT = new GroupLayout(32, 18, 0, 2, 4);

    /**
     * Two blocks: reading the scales of more of them first makes the memory jump back and forth.
     */
    private static final int AHEAD = 64;

    private static final RunPlan PLAN =
            RunPlan.nibbles(
                    run -> run / 2 * LAYOUT.stepBytes() + GroupLayout.HALF_BYTES,
                    run -> run % 2 * 4,
                    run -> run / 2 * 2 * ROWS);

    private static final Optional<CodeFormat> CODES = Optional.of(new Q4_0Codes(LAYOUT));

    @Override
    public GroupLayout layout() {
        return LAYOUT;
    }

    @Override
    public Optional<CodeFormat> codes() {
        return CODES;
    }

    @Override
    public void unpack(MemorySegment data, long offset, int count, GroupScratch scratch) {
        for (int k = 0; k < count; k += RunPlan.COUNT, offset += 8 * LAYOUT.stepBytes()) {
            int runs = Math.min(RunPlan.COUNT, count - k) / RunPlan.RUN;
            scales(data, offset, runs / 2, scratch.scales, 0);
            NibbleRuns.unpack(data, offset, PLAN, runs, scratch, k * ROWS);
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
        for (int k = 0; k < n; k += AHEAD) {
            int runs = Math.min(AHEAD, n - k) / RunPlan.RUN;
            scales(data, first, runs / 2, scratch.scales, 0);
            scales(data, second, runs / 2, scratch.scales, GroupScratch.SCALES);
            NibbleRuns.dot(data, first, second, PLAN, runs, scratch, x, xStart + k);
            first += AHEAD / 32 * LAYOUT.stepBytes();
            second += AHEAD / 32 * LAYOUT.stepBytes();
        }
    }

    private static void scales(
            MemorySegment data, long block, int count, float[] scales, int start) {
        for (int b = 0; b < count; b++, block += LAYOUT.stepBytes()) {
            int to = start + b * 2 * ROWS;
            for (int lane = 0; lane < ROWS; lane += L) {
                ShortVector half =
                        ShortVector.fromMemorySegment(S, data, block + 2 * lane, LITTLE_ENDIAN);
                FloatVector d =
                        ((IntVector) half.convertShape(S2I, I, 0))
                                .lanewise(LSHL, 13)
                                .and(0x8fffe000)
                                .reinterpretAsFloats()
                                .mul(0x1p112f);
                d.intoArray(scales, to + lane);
                d.mul(-8).intoArray(scales, to + ROWS + lane);
            }
        }
    }

    @Override
    public int maxRows() {
        return MAX_ROWS;
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
        for (int k = 0; k < n; k += RunPlan.COUNT, offset += 8 * LAYOUT.stepBytes()) {
            int runs = Math.min(RunPlan.COUNT, n - k) / RunPlan.RUN;
            scales(data, offset, runs / 2, scratch.scales, 0);
            int from = xStart + k * size;
            NibbleTiles.tile(size, data, offset, PLAN, runs, scratch, x, from, sums, at);
        }
    }
}
