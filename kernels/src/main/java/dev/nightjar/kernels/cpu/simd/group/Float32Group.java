package dev.nightjar.kernels.cpu.simd.group;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** A weight per word: a group is a panel already. */
public final class Float32Group implements GroupFormat {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int L = VectorShapes.LANES;
    private static final GroupLayout LAYOUT = GroupLayout.words(1, 1);

    @Override
    public GroupLayout layout() {
        return LAYOUT;
    }

    @Override
    public boolean isPanel() {
        return true;
    }

    @Override
    public void unpack(MemorySegment data, long offset, int count, GroupScratch scratch) {
        long bytes = (long) count * GroupLayout.WORD_BYTES;
        MemorySegment.copy(data, offset, scratch.panel, 0, bytes);
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
        FloatVector a = FloatVector.zero(F);
        FloatVector b = FloatVector.zero(F);
        FloatVector c = FloatVector.zero(F);
        FloatVector d = FloatVector.zero(F);
        int step = scratch.wordStep;
        int k = xStart;
        long end = first + LAYOUT.bytes(n);
        for (long one = first, two = second; one < end; one += step, two += step, k++) {
            FloatVector y = FloatVector.broadcast(F, x[k]);
            a = FloatVector.fromMemorySegment(F, data, one, LITTLE_ENDIAN).fma(y, a);
            b = FloatVector.fromMemorySegment(F, data, one + 4 * L, LITTLE_ENDIAN).fma(y, b);
            c = FloatVector.fromMemorySegment(F, data, two, LITTLE_ENDIAN).fma(y, c);
            d = FloatVector.fromMemorySegment(F, data, two + 4 * L, LITTLE_ENDIAN).fma(y, d);
        }
        a.intoArray(scratch.sums, 0);
        b.intoArray(scratch.sums, L);
        c.intoArray(scratch.sums, 2 * L);
        d.intoArray(scratch.sums, 3 * L);
    }
}
