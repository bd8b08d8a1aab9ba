package dev.nightjar.kernels.cpu.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax over blocks of scores in base 2: keeps the largest score and the sum of weights so far,
 * and corrects what was accumulated when a larger score turns up.
 */
final class OnlineSoftmax {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    private float[] max = new float[0];
    private float[] correction = new float[0];

    /** Sums of weights, one per lane: reduced once, at the end. */
    private float[] lanes = new float[0];

    private float[] sums = new float[0];

    /** Forgets everything; {@code rows} rows follow. */
    void reset(int rows) {
        if (max.length < rows) {
            max = new float[VectorShapes.padded(rows)];
            correction = new float[max.length];
            sums = new float[max.length];
            lanes = new float[max.length * F.length()];
        }
        for (int r = 0; r < rows; r++) {
            max[r] = Float.NEGATIVE_INFINITY;
        }
        Arrays.fill(lanes, 0, rows * F.length(), 0f);
    }

    /** Before any block: one more score, whose value is zero. */
    void addSink(int row, float score) {
        max[row] = score;
        lanes[row * F.length()] = 1;
    }

    /**
     * Turns the scores of rows {@code [from, to)} into weights; rows are {@code stride} apart, row
     * 0 at index 0, and forbidden tokens are -infinity. Each row holds a finite score by now.
     */
    void weigh(float[] s, int from, int to, int stride) {
        for (int r = from; r < to; r++) {
            float old = max[r];
            float blockMax = rowMax(s, r * stride, stride);
            max[r] = blockMax > old ? blockMax : old;
            correction[r] = old - max[r];
        }
        for (int r = from / F.length() * F.length(); r < to; r += F.length()) {
            VectorExp.exp2(FloatVector.fromArray(F, correction, r)).intoArray(correction, r);
        }
        for (int r = from; r < to; r++) {
            weighRow(s, r * stride, stride, max[r], correction[r], lanes, r * F.length());
        }
    }

    /** What the accumulator of a row must be multiplied with before this block is added. */
    float correction(int row) {
        return correction[row];
    }

    /** Reduces the sums of {@code rows} rows; {@link #sum} is valid afterwards. */
    void finish(int rows) {
        LaneSums.reduce(lanes, rows, sums, 0);
    }

    /** Sum of all weights of a row. */
    float sum(int row) {
        return sums[row];
    }

    /** Comparing and blending is faster than max, which orders NaN and zeros. */
    private static float rowMax(float[] s, int start, int count) {
        FloatVector m = FloatVector.fromArray(F, s, start);
        for (int p = F.length(); p < count; p += F.length()) {
            FloatVector v = FloatVector.fromArray(F, s, start + p);
            m = m.blend(v, v.compare(VectorOperators.GT, m));
        }
        return m.reduceLanes(VectorOperators.MAX);
    }

    private static void weighRow(
            float[] s, int start, int count, float max, float correction, float[] lanes, int at) {
        FloatVector sum = FloatVector.fromArray(F, lanes, at).mul(correction);
        for (int p = 0; p < count; p += F.length()) {
            FloatVector weight = VectorExp.exp2(FloatVector.fromArray(F, s, start + p).sub(max));
            weight.intoArray(s, start + p);
            sum = sum.add(weight);
        }
        sum.intoArray(lanes, at);
    }
}
