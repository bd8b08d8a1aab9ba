package dev.nightjar.kernels.cpu.simd.group;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Two weights per word, widened as {@link Q8_0Group} does. */
public final class Float16Group implements GroupFormat {

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

    /** Both groups at once: two sums per vector would wait for each other. */
    @Override
    public void dot(
            MemorySegment data,
            long first,
            long second,
            float[] x,
            int xStart,
            int n,
            GroupScratch scratch) {
        FloatVector bias = FloatVector.broadcast(F, 0x1p112f);
        FloatVector a = FloatVector.zero(F);
        FloatVector b = FloatVector.zero(F);
        FloatVector c = FloatVector.zero(F);
        FloatVector d = FloatVector.zero(F);
        int step = scratch.wordStep;
        int k = xStart;
        long end = first + LAYOUT.bytes(n);
        for (long one = first, two = second; one < end; one += step, two += step, k += 2) {
            IntVector v = IntVector.fromMemorySegment(I, data, one, LITTLE_ENDIAN);
            IntVector w = IntVector.fromMemorySegment(I, data, one + 4 * L, LITTLE_ENDIAN);
            IntVector p = IntVector.fromMemorySegment(I, data, two, LITTLE_ENDIAN);
            IntVector q = IntVector.fromMemorySegment(I, data, two + 4 * L, LITTLE_ENDIAN);
            FloatVector y = FloatVector.broadcast(F, x[k]);
            a =
                    v.lanewise(LSHL, 16)
                            .lanewise(ASHR, 3)
                            .and(BITS)
                            .reinterpretAsFloats()
                            .mul(bias)
                            .fma(y, a);
            b =
                    w.lanewise(LSHL, 16)
                            .lanewise(ASHR, 3)
                            .and(BITS)
                            .reinterpretAsFloats()
                            .mul(bias)
                            .fma(y, b);
            c =
                    p.lanewise(LSHL, 16)
                            .lanewise(ASHR, 3)
                            .and(BITS)
                            .reinterpretAsFloats()
                            .mul(bias)
                            .fma(y, c);
            d =
                    q.lanewise(LSHL, 16)
                            .lanewise(ASHR, 3)
                            .and(BITS)
                            .reinterpretAsFloats()
                            .mul(bias)
                            .fma(y, d);
            y = FloatVector.broadcast(F, x[k + 1]);
            a = v.lanewise(ASHR, 3).and(BITS).reinterpretAsFloats().mul(bias).fma(y, a);
            b = w.lanewise(ASHR, 3).and(BITS).reinterpretAsFloats().mul(bias).fma(y, b);
            c = p.lanewise(ASHR, 3).and(BITS).reinterpretAsFloats().mul(bias).fma(y, c);
            d = q.lanewise(ASHR, 3).and(BITS).reinterpretAsFloats().mul(bias).fma(y, d);
        }
        a.intoArray(scratch.sums, 0);
        b.intoArray(scratch.sums, L);
        c.intoArray(scratch.sums, 2 * L);
        d.intoArray(scratch.sums, 3 * L);
    }
}
