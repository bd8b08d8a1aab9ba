package dev.nightjar.kernels.cpu.simd.code;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Rounds blocks of 32 activations to whole multiples of their largest magnitude over 127. */
public final class BlockQuantizer {

    /** Added and taken away, it leaves the nearest whole number, ties to even. */
    private static final float ROUND = 0x1.8p23f;

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int L = VectorShapes.LANES;

    private BlockQuantizer() {}

    /**
     * Writes 32 whole numbers in [-127, 127].
     *
     * @return what one of them stands for; NaN if an activation is no number or infinite
     */
    static float quantize(float[] x, int from, float[] rounded, int to) {
        FloatVector most = FloatVector.zero(F);
        for (int j = 0; j < QuantizedTiles.BLOCK; j += L) {
            most = most.lanewise(MAX, FloatVector.fromArray(F, x, from + j).lanewise(ABS));
        }
        float max = most.reduceLanes(MAX);
        float inverse = max == 0 ? 0 : 127 / max;
        if (!(inverse < Float.POSITIVE_INFINITY && max < Float.POSITIVE_INFINITY)) {
            return refuse(max, rounded, to);
        }
        for (int j = 0; j < QuantizedTiles.BLOCK; j += L) {
            FloatVector.fromArray(F, x, from + j)
                    .mul(inverse)
                    .add(ROUND)
                    .sub(ROUND)
                    .intoArray(rounded, to + j);
        }
        return max / 127;
    }

    /** Numbers too small for their inverse are zero; what is no number makes the product none. */
    private static float refuse(float max, float[] rounded, int to) {
        for (int j = 0; j < QuantizedTiles.BLOCK; j++) {
            rounded[to + j] = 0;
        }
        return max < 1 ? 0 : Float.NaN;
    }
}
