package dev.nightjar.kernels.cpu.simd.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Finite halves as floats. Scales of K-quants mostly are subnormal halves, and the usual way, a
 * shift and a multiplication by 2^112, meets them as subnormal floats, on which processors are
 * slow. Here the exponent is put right by an addition, which leaves a subnormal half one power of
 * two too large.
 */
public final class Halves {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Short> S = VectorShapes.SHORTS;
    private static final int L = VectorShapes.LANES;

    /** Sign and bits of a half where a float has its own. */
    private static final int BITS = 0x8fffe000;

    private static final int EXPONENT = 0x0f800000;
    private static final int SIGN = 0x80000000;

    /** What exponents of floats and halves differ by. */
    private static final int BIAS = 112 << 23;

    /** The bits of 2^-14, the smallest half that is normal. */
    private static final int LEAST = 113 << 23;

    // What the loops have in common is written out: vectors that go through a method are boxed.
    private Halves() {}

    /** Converts consecutive halves, whole vectors of floats. */
    public static void toFloats(MemorySegment data, long at, int count, float[] floats) {
        for (int i = 0; i < count; i += L) {
            IntVector bits =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(
                                                    S, data, at + 2L * i, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(BITS);
            FloatVector normal = bits.add(BIAS).reinterpretAsFloats();
            FloatVector least = bits.and(SIGN).or(LEAST).reinterpretAsFloats();
            normal.blend(normal.add(normal).sub(least), bits.and(EXPONENT).compare(EQ, 0).cast(F))
                    .intoArray(floats, i);
        }
    }

    /** Converts pairs of halves, the first of each and the second. */
    public static void pairsToFloats(
            MemorySegment data, long at, int count, float[] first, float[] second, int start) {
        for (int i = 0; i < count; i += L) {
            IntVector both = IntVector.fromMemorySegment(I, data, at + 4L * i, LITTLE_ENDIAN);
            IntVector bits = both.lanewise(LSHL, 16).lanewise(ASHR, 3).and(BITS);
            FloatVector normal = bits.add(BIAS).reinterpretAsFloats();
            FloatVector least = bits.and(SIGN).or(LEAST).reinterpretAsFloats();
            normal.blend(normal.add(normal).sub(least), bits.and(EXPONENT).compare(EQ, 0).cast(F))
                    .intoArray(first, start + i);
            bits = both.lanewise(ASHR, 3).and(BITS);
            normal = bits.add(BIAS).reinterpretAsFloats();
            least = bits.and(SIGN).or(LEAST).reinterpretAsFloats();
            normal.blend(normal.add(normal).sub(least), bits.and(EXPONENT).compare(EQ, 0).cast(F))
                    .intoArray(second, start + i);
        }
    }
}
