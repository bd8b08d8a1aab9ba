package dev.nightjar.kernels.cpu.simd.group;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A word with the halves of scales and minima, three with their codes of 6 bits, eight with fifth
 * bits, bit j for sub-block j, then four times eight words whose lower nibbles are one sub-block
 * and whose upper ones are the next.
 */
public final class Q5_KGroup implements GroupFormat, FusedTiles {

    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
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
                    0x01010101,
                    WORD);

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

    /** Factor and offset of sub-block j from {@code 64 * j} on. */
    private static void scales(MemorySegment data, long block, float[] scales, int start) {
        for (int lane = 0; lane < ROWS; lane += L) {
            long at = block + 4 * lane;
            IntVector v = IntVector.fromMemorySegment(I, data, at, LITTLE_ENDIAN);
            FloatVector d =
                    v.lanewise(LSHL, 16)
                            .lanewise(ASHR, 3)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
            FloatVector m =
                    v.lanewise(ASHR, 3).and(0x8fffe000).reinterpretAsFloats().mul(-0x1p112f);
            IntVector a = IntVector.fromMemorySegment(I, data, at + WORD, LITTLE_ENDIAN);
            IntVector b = IntVector.fromMemorySegment(I, data, at + 2 * WORD, LITTLE_ENDIAN);
            IntVector c = IntVector.fromMemorySegment(I, data, at + 3 * WORD, LITTLE_ENDIAN);
            IntVector e = c.and(0x0f0f0f0f).or(a.lanewise(LSHR, 2).and(0x30303030));
            IntVector f =
                    c.lanewise(LSHR, 4).and(0x0f0f0f0f).or(b.lanewise(LSHR, 2).and(0x30303030));
            for (int j = 0; j < 4; j++) {
                int to = start + 2 * ROWS * j + lane;
                ((FloatVector) a.lanewise(LSHR, 8 * j).and(63).convert(I2F, 0))
                        .mul(d)
                        .intoArray(scales, to);
                ((FloatVector) b.lanewise(LSHR, 8 * j).and(63).convert(I2F, 0))
                        .mul(m)
                        .intoArray(scales, to + ROWS);
                ((FloatVector) e.lanewise(LSHR, 8 * j).and(63).convert(I2F, 0))
                        .mul(d)
                        .intoArray(scales, to + 8 * ROWS);
                ((FloatVector) f.lanewise(LSHR, 8 * j).and(63).convert(I2F, 0))
                        .mul(m)
                        .intoArray(scales, to + 9 * ROWS);
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
