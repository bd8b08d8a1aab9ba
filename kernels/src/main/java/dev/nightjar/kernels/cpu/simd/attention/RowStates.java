package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Attention of rows over the spans so far. Spans are merged in order of position, each as a whole,
 * wherever it was computed.
 */
public final class RowStates {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int L = VectorShapes.LANES;

    private final SpanResults total = new SpanResults();
    private float[] maxima = new float[L];
    private float[] oldFactors = new float[L];
    private float[] newFactors = new float[L];

    /** Sums that nobody needs. */
    private final float[] lanes = new float[L];

    private int valueStride;

    /** Forgets everything; {@code rows} rows of {@code newValueStride} elements follow. */
    void reset(int rows, int newValueStride) {
        valueStride = newValueStride;
        total.reserve(rows, valueStride);
        Arrays.fill(total.max, 0, rows, Float.NEGATIVE_INFINITY);
        Arrays.fill(total.sum, 0, rows, 0f);
        Arrays.fill(total.values, 0, rows * valueStride, 0f);
        if (maxima.length < rows + L) {
            maxima = new float[rows + L];
            oldFactors = new float[rows + L];
            newFactors = new float[rows + L];
        }
    }

    /** Before any span: one more score, whose value is zero. */
    void addSink(int row, float score) {
        total.max[row] = score;
        total.sum[row] = 1;
    }

    /** Adds {@code count} rows from {@code spanRow} on to those from {@code row} on. */
    void merge(SpanResults span, int spanRow, int row, int count) {
        for (int i = 0; i < count; i += L) {
            FloatVector old = FloatVector.fromArray(F, total.max, row + i);
            FloatVector added = FloatVector.fromArray(F, span.max, spanRow + i);
            FloatVector max = old.blend(added, added.compare(VectorOperators.GT, old));
            max.intoArray(maxima, i);
            old.sub(max).intoArray(oldFactors, i);
            added.sub(max).intoArray(newFactors, i);
        }
        int whole = VectorShapes.padded(count);
        SpanSoftmax.weigh(oldFactors, 0, whole, 0, 1, lanes, 0);
        SpanSoftmax.weigh(newFactors, 0, whole, 0, 1, lanes, 0);
        for (int i = 0; i < count; i++) {
            total.max[row + i] = maxima[i];
            total.sum[row + i] =
                    total.sum[row + i] * oldFactors[i] + span.sum[spanRow + i] * newFactors[i];
            int from = (spanRow + i) * valueStride;
            mergeValues((row + i) * valueStride, span.values, from, oldFactors[i], newFactors[i]);
        }
    }

    private void mergeValues(int at, float[] added, int from, float oldFactor, float newFactor) {
        FloatVector o = FloatVector.broadcast(F, oldFactor);
        FloatVector n = FloatVector.broadcast(F, newFactor);
        for (int d = 0; d < valueStride; d += L) {
            FloatVector.fromArray(F, added, from + d)
                    .fma(n, FloatVector.fromArray(F, total.values, at + d).mul(o))
                    .intoArray(total.values, at + d);
        }
    }

    /** out [dim] = the attention of a row. */
    void store(int row, float[] out, int start, int dim) {
        float sum = total.sum[row];
        int from = row * valueStride;
        int whole = F.loopBound(dim);
        for (int d = 0; d < whole; d += L) {
            FloatVector.fromArray(F, total.values, from + d).div(sum).intoArray(out, start + d);
        }
        for (int d = whole; d < dim; d++) {
            out[start + d] = total.values[from + d] / sum;
        }
    }
}
