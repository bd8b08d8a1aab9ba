package dev.nightjar.kernels.cpu.simd.decode;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import dev.nightjar.kernels.quant.BlockFormat;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The eight-bit floats: exponent and mantissa are moved to their places in a single and the
 * exponent's bias is corrected. Subnormals are built as the smallest normal value plus what they
 * are, and that value is taken off again, which is exact.
 */
public final class Float8Decoder implements RowDecoder {

    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Byte> B = VectorShapes.BYTES;
    private static final boolean TWO_PARTS = B.length() > I.length();
    private static final int ONE_EXPONENT = 1 << 23;
    private static final int INFINITY = 255 << 23;

    private final BlockFormat format;
    private final int shift;
    private final int bias;
    private final int firstSpecial;
    private final float smallestNormal;

    /**
     * A decoder of one of the layouts.
     *
     * @param mantissaBits 3 or 2
     * @param bias of the exponent
     * @param firstSpecial the smallest magnitude that is infinite or NaN
     */
    private Float8Decoder(DType dtype, int mantissaBits, int bias, int firstSpecial) {
        format = BlockFormats.of(dtype).orElseThrow();
        shift = 23 - mantissaBits;
        this.bias = (127 - bias) << 23;
        this.firstSpecial = firstSpecial << shift;
        smallestNormal = Float.intBitsToFloat(this.bias + ONE_EXPONENT);
    }

    /** {@link dev.nightjar.kernels.quant.Float8E4M3Format}. */
    static Float8Decoder e4m3() {
        return new Float8Decoder(DType.F8_E4M3, 3, 7, 0x7f);
    }

    /** {@link dev.nightjar.kernels.quant.Float8E5M2Format}. */
    static Float8Decoder e5m2() {
        return new Float8Decoder(DType.F8_E5M2, 2, 15, 0x7c);
    }

    @Override
    public void decode(MemorySegment data, long offset, float[] target, int start, int count) {
        int whole = B.loopBound(count);
        for (int i = 0; i < whole; i += B.length()) {
            first(data, offset + i, target, start + i);
            if (TWO_PARTS) {
                second(data, offset + i, target, start + i + I.length());
            }
        }
        format.dequantize(data, offset + whole, target, start + whole, count - whole);
    }

    /** The lower lanes of a byte vector. */
    private void first(MemorySegment data, long offset, float[] target, int start) {
        ByteVector bytes = ByteVector.fromMemorySegment(B, data, offset, LITTLE_ENDIAN);
        IntVector bits = (IntVector) bytes.convertShape(VectorOperators.B2I, I, 0);
        IntVector magnitude = bits.and(0x7f).lanewise(VectorOperators.LSHL, shift);
        IntVector normal = magnitude.add(bias);
        IntVector subnormal =
                normal.add(ONE_EXPONENT)
                        .reinterpretAsFloats()
                        .sub(smallestNormal)
                        .reinterpretAsInts();
        normal.blend(subnormal, magnitude.compare(VectorOperators.LT, ONE_EXPONENT))
                .blend(magnitude.or(INFINITY), magnitude.compare(VectorOperators.GE, firstSpecial))
                .or(bits.and(0x80000000))
                .reinterpretAsFloats()
                .intoArray(target, start);
    }

    /** The upper lanes, where there are twice as many bytes as floats. */
    private void second(MemorySegment data, long offset, float[] target, int start) {
        ByteVector bytes = ByteVector.fromMemorySegment(B, data, offset, LITTLE_ENDIAN);
        IntVector bits = (IntVector) bytes.convertShape(VectorOperators.B2I, I, 1);
        IntVector magnitude = bits.and(0x7f).lanewise(VectorOperators.LSHL, shift);
        IntVector normal = magnitude.add(bias);
        IntVector subnormal =
                normal.add(ONE_EXPONENT)
                        .reinterpretAsFloats()
                        .sub(smallestNormal)
                        .reinterpretAsInts();
        normal.blend(subnormal, magnitude.compare(VectorOperators.LT, ONE_EXPONENT))
                .blend(magnitude.or(INFINITY), magnitude.compare(VectorOperators.GE, firstSpecial))
                .or(bits.and(0x80000000))
                .reinterpretAsFloats()
                .intoArray(target, start);
    }
}
