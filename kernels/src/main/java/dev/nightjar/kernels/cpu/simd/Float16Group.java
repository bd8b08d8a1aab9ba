package dev.nightjar.kernels.cpu.simd;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Two weights per word, widened as {@link Q8_0Group} does. */
final class Float16Group implements GroupFormat {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int BITS = 0x8fffe000;
    private static final GroupLayout LAYOUT = GroupLayout.words(2, 1);

    @Override
    public GroupLayout layout() {
        return LAYOUT;
    }

    @Override
    public void unpack(MemorySegment data, long offset, int count, GroupScratch scratch) {
        MemorySegment panel = scratch.panel;
        for (int k = 0, p = 0; k < count; k += 2, p += 2 * ROWS) {
            for (int lane = 0; lane < ROWS; lane += L) {
                long at = offset + 2L * p + 4 * lane;
                IntVector v = IntVector.fromMemorySegment(I, data, at, LITTLE_ENDIAN);
                v.lanewise(LSHL, 16)
                        .lanewise(ASHR, 3)
                        .and(BITS)
                        .reinterpretAsFloats()
                        .mul(0x1p112f)
                        .intoMemorySegment(panel, 4L * (p + lane), LITTLE_ENDIAN);
                v.lanewise(ASHR, 3)
                        .and(BITS)
                        .reinterpretAsFloats()
                        .mul(0x1p112f)
                        .intoMemorySegment(panel, 4L * (p + ROWS + lane), LITTLE_ENDIAN);
            }
        }
    }

    /** One group keeps the memory busy. */
    @Override
    public void dot(
            MemorySegment data,
            long first,
            long second,
            float[] x,
            int xStart,
            int n,
            GroupScratch scratch) {
        dot(data, first, x, xStart, n, scratch.sums, 0, scratch.wordStep);
        if (second != first) {
            dot(data, second, x, xStart, n, scratch.sums, GroupLayout.ROWS, scratch.wordStep);
        }
    }

    private static void dot(
            MemorySegment data,
            long offset,
            float[] x,
            int xStart,
            int n,
            float[] sums,
            int at,
            int wordStep) {
        long end = offset + LAYOUT.bytes(n);
        FloatVector bias = FloatVector.broadcast(F, 0x1p112f);
        FloatVector a = FloatVector.zero(F);
        FloatVector b = FloatVector.zero(F);
        int k = xStart;
        for (long word = offset; word < end; word += wordStep, k += 2) {
            long from = word;
            IntVector v = IntVector.fromMemorySegment(I, data, from, LITTLE_ENDIAN);
            IntVector w = IntVector.fromMemorySegment(I, data, from + 4 * L, LITTLE_ENDIAN);
            FloatVector y = FloatVector.broadcast(F, x[k]);
            IntVector low = v.lanewise(LSHL, 16).lanewise(ASHR, 3).and(BITS);
            a = low.reinterpretAsFloats().mul(bias).fma(y, a);
            low = w.lanewise(LSHL, 16).lanewise(ASHR, 3).and(BITS);
            b = low.reinterpretAsFloats().mul(bias).fma(y, b);
            y = FloatVector.broadcast(F, x[k + 1]);
            a = v.lanewise(ASHR, 3).and(BITS).reinterpretAsFloats().mul(bias).fma(y, a);
            b = w.lanewise(ASHR, 3).and(BITS).reinterpretAsFloats().mul(bias).fma(y, b);
        }
        a.intoArray(sums, at);
        b.intoArray(sums, at + L);
    }
}
