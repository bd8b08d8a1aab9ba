package dev.nightjar.kernels.cpu.simd.code;

import static jdk.incubator.vector.VectorOperators.MAX;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Rounds blocks of 32 activations to whole multiples of a part of their largest magnitude. */
public final class BlockQuantizer {

    /** Added to a float, it leaves the nearest whole number in the low bits, ties to even. */
    private static final float ROUND = 0x1.8p23f;

    /** The bits of {@link #ROUND}. */
    private static final int ROUND_BITS = 0x4b400000;

    private static final int LEVELS = 127;
    private static final int INFINITY_BITS = 0x7f800000;

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;

    private BlockQuantizer() {}

    /**
     * Writes 32 whole numbers in [-127, 127].
     *
     * @return what one of them stands for; NaN if an activation is no number or infinite
     */
    public static float quantize(float[] x, int from, int[] codes) {
        IntVector most = IntVector.zero(I); // magnitudes are ordered like their bits, NaN last
        for (int j = 0; j < QuantizedTiles.BLOCK; j += L) {
            IntVector bits = FloatVector.fromArray(F, x, from + j).reinterpretAsInts();
            most = bits.and(Integer.MAX_VALUE).max(most);
        }
        int bits = most.reduceLanes(MAX);
        float max = Float.intBitsToFloat(bits);
        float inverse = bits == 0 ? 0 : LEVELS / max;
        if (bits >= INFINITY_BITS || inverse == Float.POSITIVE_INFINITY) {
            Arrays.fill(codes, 0); // too small for an inverse is zero, no number stays none
            return bits >= INFINITY_BITS ? Float.NaN : 0;
        }
        for (int j = 0; j < QuantizedTiles.BLOCK; j += L) {
            FloatVector.fromArray(F, x, from + j)
                    .mul(inverse)
                    .add(ROUND)
                    .reinterpretAsInts()
                    .sub(ROUND_BITS)
                    .intoArray(codes, j);
        }
        return max / LEVELS;
    }
}
