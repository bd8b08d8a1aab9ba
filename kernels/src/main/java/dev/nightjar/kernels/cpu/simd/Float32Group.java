package dev.nightjar.kernels.cpu.simd;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** A weight per word: a group is a panel already. */
final class Float32Group implements GroupFormat {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int L = VectorShapes.LANES;
    private static final GroupLayout LAYOUT = GroupLayout.words(1, 1);

    @Override
    public GroupLayout layout() {
        return LAYOUT;
    }

    @Override
    public void unpack(MemorySegment data, long offset, int count, GroupScratch scratch) {
        long bytes = (long) count * GroupLayout.WORD_BYTES;
        MemorySegment.copy(data, offset, scratch.panel, 0, bytes);
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
        FloatVector a = FloatVector.zero(F);
        FloatVector b = FloatVector.zero(F);
        int k = xStart;
        for (long word = offset; word < end; word += wordStep, k++) {
            long from = word;
            FloatVector y = FloatVector.broadcast(F, x[k]);
            a = FloatVector.fromMemorySegment(F, data, from, LITTLE_ENDIAN).fma(y, a);
            b = FloatVector.fromMemorySegment(F, data, from + 4 * L, LITTLE_ENDIAN).fma(y, b);
        }
        a.intoArray(sums, at);
        b.intoArray(sums, at + L);
    }
}
