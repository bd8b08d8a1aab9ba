package dev.nightjar.kernels.cpu.simd.matmul;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.assembled.AssembledProducts;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Takes products of a group of weights, rows of {@link GroupLayout#ROWS}, to where they belong, and
 * ends them on the way: a line of theirs is written once, and seldom waits in a cache.
 */
final class ProductStore {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int ROW_BYTES = AssembledProducts.ROW_BYTES;

    private final MemorySegment sums;
    private final ProductEnd ending;
    private final float[] strip =
            new float[Math.max(AssembledProducts.CALL_ROWS * ROWS, ProductEnd.STRIP)];

    /** From the beginning of this memory. */
    ProductStore(MemorySegment sums, ProductEnd ending) {
        this.sums = sums;
        this.ending = ending;
    }

    /** Stores {@code count} columns of {@code n} rows of activations from {@code first} on. */
    void run(MatmulRows rows, int first, int n, int column, int count) {
        float[] bias = ending.bias();
        if (count < ROWS) {
            copyPart(rows, first, n, column, count);
            ending.run(strip, rows, first, first + n, column, column + count);
        } else if (bias.length == 0) {
            copy(rows.out, rows.outStart, first, n, column);
        } else if (ending.function() == ProductEnd.IDENTITY) {
            addBias(bias, rows.out, rows.outStart, first, n, column);
        } else {
            addBias(bias, column, n);
            ending.function().apply(strip, n * ROWS);
            copyStrip(rows.out, rows.outStart, first, n, column);
        }
    }

    /** Stores {@code count} columns of one row of activations. */
    void runRow(MatmulRows rows, int i, int column, int count) {
        int to = rows.outStart[i] + column;
        MemorySegment.copy(sums, ValueLayout.JAVA_FLOAT, 0, rows.out, to, count);
        ending.run(strip, rows, i, i + 1, column, column + count);
    }

    private void copyPart(MatmulRows rows, int first, int n, int column, int count) {
        for (int r = 0; r < n; r++) {
            int to = rows.outStart[first + r] + column;
            long from = (long) r * ROW_BYTES;
            MemorySegment.copy(sums, ValueLayout.JAVA_FLOAT, from, rows.out, to, count);
        }
    }

    private void copy(float[] out, int[] starts, int first, int n, int column) {
        for (int r = 0; r < n; r++) {
            int to = starts[first + r] + column;
            long from = (long) r * ROW_BYTES;
            FloatVector.fromMemorySegment(F, sums, from, LITTLE_ENDIAN).intoArray(out, to);
            FloatVector.fromMemorySegment(F, sums, from + 4 * L, LITTLE_ENDIAN)
                    .intoArray(out, to + L);
        }
    }

    private void addBias(float[] bias, float[] out, int[] starts, int first, int n, int column) {
        FloatVector a = FloatVector.fromArray(F, bias, column);
        FloatVector b = FloatVector.fromArray(F, bias, column + L);
        for (int r = 0; r < n; r++) {
            int to = starts[first + r] + column;
            long from = (long) r * ROW_BYTES;
            FloatVector.fromMemorySegment(F, sums, from, LITTLE_ENDIAN).add(a).intoArray(out, to);
            FloatVector.fromMemorySegment(F, sums, from + 4 * L, LITTLE_ENDIAN)
                    .add(b)
                    .intoArray(out, to + L);
        }
    }

    private void addBias(float[] bias, int column, int n) {
        FloatVector a = FloatVector.fromArray(F, bias, column);
        FloatVector b = FloatVector.fromArray(F, bias, column + L);
        for (int r = 0; r < n; r++) {
            long from = (long) r * ROW_BYTES;
            FloatVector.fromMemorySegment(F, sums, from, LITTLE_ENDIAN)
                    .add(a)
                    .intoArray(strip, r * ROWS);
            FloatVector.fromMemorySegment(F, sums, from + 4 * L, LITTLE_ENDIAN)
                    .add(b)
                    .intoArray(strip, r * ROWS + L);
        }
    }

    private void copyStrip(float[] out, int[] starts, int first, int n, int column) {
        for (int r = 0; r < n; r++) {
            int to = starts[first + r] + column;
            FloatVector.fromArray(F, strip, r * ROWS).intoArray(out, to);
            FloatVector.fromArray(F, strip, r * ROWS + L).intoArray(out, to + L);
        }
    }
}
