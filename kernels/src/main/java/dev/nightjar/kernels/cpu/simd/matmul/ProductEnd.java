package dev.nightjar.kernels.cpu.simd.matmul;

import dev.nightjar.kernels.cpu.simd.element.AddKernel;
import dev.nightjar.kernels.cpu.simd.element.ElementFunction;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What becomes of products while they are in the cache: nothing, {@code product + bias} or {@code
 * f(product + bias)}. The function takes strips of several rows at once, as a chunk of weights
 * makes few columns.
 */
final class ProductEnd {

    /** The function that changes nothing. */
    static final ElementFunction IDENTITY = (x, count) -> {};

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int L = VectorShapes.LANES;

    /** Four kilobytes stay in the first-level cache. */
    static final int STRIP = 1024;

    private float[] bias = {};
    private ElementFunction function = IDENTITY;

    /** Chooses the bias, empty for none, and the function, which needs a bias, of a call. */
    void set(float[] newBias, ElementFunction newFunction) {
        bias = newBias;
        function = newFunction;
    }

    /** What is added to each row of products, or empty. */
    float[] bias() {
        return bias;
    }

    /** What sums with the bias go through. */
    ElementFunction function() {
        return function;
    }

    /**
     * Ends columns {@code [from, to)} of rows {@code [first, end)}.
     *
     * @param strip scratch memory of {@link #STRIP}
     */
    void run(float[] strip, MatmulRows rows, int first, int end, int from, int to) {
        if (bias.length == 0) {
            return;
        }
        if (function == IDENTITY) {
            addBias(rows, first, end, from, to);
            return;
        }
        for (int c = from; c < to; c += STRIP) {
            apply(strip, rows, first, end, c, Math.min(STRIP, to - c));
        }
    }

    /** Group by group, as a chunk has few columns and a loop over them costs more than they do. */
    private void addBias(MatmulRows rows, int first, int end, int from, int to) {
        int column = from;
        for (; column <= to - GroupLayout.ROWS; column += GroupLayout.ROWS) {
            addToGroup(rows.out, rows.outStart, first, end, bias, column);
        }
        for (int t = first; t < end && column < to; t++) {
            AddKernel.addRow(rows.out, rows.outStart[t] + column, bias, column, to - column);
        }
    }

    private static void addToGroup(
            float[] out, int[] starts, int first, int end, float[] bias, int column) {
        FloatVector a = FloatVector.fromArray(F, bias, column);
        FloatVector b = FloatVector.fromArray(F, bias, column + L);
        for (int t = first; t < end; t++) {
            int at = starts[t] + column;
            FloatVector.fromArray(F, out, at).add(a).intoArray(out, at);
            FloatVector.fromArray(F, out, at + L).add(b).intoArray(out, at + L);
        }
    }

    private void apply(float[] strip, MatmulRows rows, int first, int end, int column, int count) {
        int most = STRIP / count;
        for (int t = first; t < end; t += most) {
            int n = Math.min(most, end - t);
            for (int r = 0; r < n; r++) {
                int from = rows.outStart[t + r] + column;
                add(rows.out, from, bias, column, strip, r * count, count);
            }
            function.apply(strip, VectorShapes.padded(n * count));
            for (int r = 0; r < n; r++) {
                int to = rows.outStart[t + r] + column;
                System.arraycopy(strip, r * count, rows.out, to, count);
            }
        }
    }

    private static void add(
            float[] x, int from, float[] y, int yFrom, float[] sums, int at, int count) {
        int whole = F.loopBound(count);
        for (int c = 0; c < whole; c += F.length()) {
            FloatVector.fromArray(F, x, from + c)
                    .add(FloatVector.fromArray(F, y, yFrom + c))
                    .intoArray(sums, at + c);
        }
        for (int c = whole; c < count; c++) {
            sums[at + c] = x[from + c] + y[yFrom + c];
        }
    }
}
