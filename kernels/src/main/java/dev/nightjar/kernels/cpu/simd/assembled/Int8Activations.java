package dev.nightjar.kernels.cpu.simd.assembled;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.I2B;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rounds a row of activations to whole multiples of a 127th of its largest magnitude, for {@link
 * TileForm#INT8}.
 */
final class Int8Activations {

    static final int LEVELS = 127;

    /** Added to a float, it leaves the nearest whole number in the low bits, ties to even. */
    private static final float ROUND = 0x1.8p23f;

    /** The bits of {@link #ROUND}. */
    private static final int ROUND_BITS = 0x4b400000;

    private static final int INFINITY_BITS = 0x7f800000;
    private static final int BLOCK = NativeTiles.BLOCK;
    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;

    private Int8Activations() {}

    /**
     * Writes the codes of a row, block by block, and what is known about them.
     *
     * @param to offset of the first block's codes
     * @param step bytes from there to the next block's
     */
    static void write(
            float[] x, int from, int cols, MemorySegment memory, long to, int step, long record) {
        int bits = largest(x, from, cols);
        float max = Float.intBitsToFloat(bits);
        float inverse = LEVELS / max;
        float factor = max / LEVELS;
        if (bits >= INFINITY_BITS || inverse == Float.POSITIVE_INFINITY) {
            inverse = 0; // too small for an inverse is zero, no number stays none
            factor = bits >= INFINITY_BITS ? Float.NaN : 0;
        }
        int sum = 0;
        for (int k = 0; k < cols; k += BLOCK, to += step) {
            sum += block(x, from + k, inverse, memory, to);
        }
        memory.set(ValueLayout.JAVA_FLOAT, record + NativeTiles.FACTOR, factor);
        memory.set(ValueLayout.JAVA_INT, record + NativeTiles.START, -Int8Rows.CENTRE * sum);
    }

    /** Bits of the largest magnitude, which are ordered like magnitudes, NaN last. */
    private static int largest(float[] x, int from, int cols) {
        IntVector most = IntVector.zero(I);
        for (int k = 0; k < cols; k += L) {
            IntVector bits = FloatVector.fromArray(F, x, from + k).reinterpretAsInts();
            most = bits.and(Integer.MAX_VALUE).max(most);
        }
        return most.reduceLanes(MAX);
    }

    private static int block(float[] x, int from, float inverse, MemorySegment memory, long to) {
        IntVector sum = IntVector.zero(I);
        for (int i = 0; i < BLOCK; i += L) {
            IntVector codes =
                    FloatVector.fromArray(F, x, from + i)
                            .mul(inverse)
                            .add(ROUND)
                            .reinterpretAsInts()
                            .sub(ROUND_BITS);
            ((ByteVector) codes.convertShape(I2B, VectorShapes.BYTES, 0))
                    .intoMemorySegment(memory, to + i, LITTLE_ENDIAN);
            sum = sum.add(codes);
        }
        return sum.reduceLanes(ADD);
    }
}
