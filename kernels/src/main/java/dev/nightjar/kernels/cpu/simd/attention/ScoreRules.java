package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** What becomes of a row of scores before the softmax, one score per token of a block. */
public final class ScoreRules {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    /** Lane numbers. */
    private static final float[] LANE = new float[F.length()];

    static {
        for (int i = 0; i < LANE.length; i++) {
            LANE[i] = i;
        }
    }

    private ScoreRules() {}

    /** s[i] += slope * (i - distance); {@code distance}: from the first token to the query. */
    static void addSlope(float[] s, int start, int count, float slope, int distance) {
        FloatVector steps = FloatVector.fromArray(F, LANE, 0);
        for (int i = 0; i < count; i += F.length()) {
            FloatVector before = steps.add((float) (i - distance));
            before.fma(FloatVector.broadcast(F, slope), FloatVector.fromArray(F, s, start + i))
                    .intoArray(s, start + i);
        }
    }

    /** Forbids all tokens but {@code [from, to)}. */
    static void keep(float[] s, int start, int count, int from, int to) {
        Arrays.fill(s, start, start + from, Float.NEGATIVE_INFINITY);
        Arrays.fill(s, start + to, start + count, Float.NEGATIVE_INFINITY);
    }
}
