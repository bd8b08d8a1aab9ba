package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * {@link DType#MXFP4}, the microscaling format of the Open Compute Project: 32 four-bit floats
 * (sign, two bits of exponent, one of mantissa) with a shared power of two; {@code x[i] = 2^(e -
 * 127) * value(q[i])}. The sixteen values are ±0, 0.5, 1, 1.5, 2, 3, 4 and 6; here they are doubled
 * to integers and the scale is halved, which is exact. {@code -0} is read as 0.
 *
 * <table>
 * <caption>Block of 32 elements, 17 bytes</caption>
 * <tr><th>byte</th><th>content</th></tr>
 * <tr><td>0</td><td>e, the exponent</td></tr>
 * <tr><td>1 + i, i in 0..15</td><td>q[i] in the low nibble, q[i + 16] in the high nibble</td></tr>
 * </table>
 */
public final class MXFP4Format implements BlockFormat {

    private static final int BLOCK_SIZE = 32;
    private static final int HALF = 16;
    private static final int BLOCK_BYTES = 17;
    private static final int QUANTS = 1;
    private static final byte[] DOUBLED = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};
    private static final int SIGN = 8;
    private static final NearestCodes MAGNITUDES = new NearestCodes(Arrays.copyOf(DOUBLED, SIGN));

    /** Below, the reciprocal of half the scale would overflow. */
    private static final int MIN_EXPONENT = 2;

    MXFP4Format() {}

    @Override
    public DType dtype() {
        return DType.MXFP4;
    }

    /** A copy of twice the values, by code. */
    public static byte[] doubledValues() {
        return DOUBLED.clone();
    }

    /** Half the scale of the block at {@code offset}: {@code 2^(e - 128)}. */
    public static float halfScale(MemorySegment source, long offset) {
        return halfScale(LittleEndian.unsignedByte(source, offset));
    }

    private static float halfScale(int e) {
        // 2^-128 and 2^-127 are subnormal.
        return Float.intBitsToFloat(e < 2 ? 1 << 21 + e : e - 1 << 23);
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = targetOffset;
                i < targetOffset + count;
                i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float scale = halfScale(source, offset);
            for (int j = 0; j < HALF; j++) {
                int pair = LittleEndian.unsignedByte(source, offset + QUANTS + j);
                target[i + j] = scale * DOUBLED[pair & 15];
                target[i + j + HALF] = scale * DOUBLED[pair >>> 4];
            }
        }
    }

    /**
     * With the exponent, of the two around the one that puts the largest magnitude between 4 and 8,
     * that gives the smaller squared error.
     */
    @Override
    public void quantize(
            float[] source, int sourceOffset, int count, MemorySegment target, long offset) {
        for (int i = sourceOffset;
                i < sourceOffset + count;
                i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            int e = exponent(source, i);
            LittleEndian.putByte(target, offset, e);
            float inverse = 1 / halfScale(target, offset);
            for (int j = 0; j < HALF; j++) {
                int low = code(source[i + j] * inverse);
                int high = code(source[i + j + HALF] * inverse);
                LittleEndian.putByte(target, offset + QUANTS + j, low | high << 4);
            }
        }
    }

    private static int exponent(float[] source, int from) {
        float max = Ranges.maxMagnitude(source, from, BLOCK_SIZE);
        if (max == 0) {
            return MIN_EXPONENT;
        }
        int first = Math.clamp(Math.getExponent(max) - 2 + 127, MIN_EXPONENT, 253);
        return error(source, from, first + 1) < error(source, from, first) ? first + 1 : first;
    }

    private static double error(float[] source, int from, int e) {
        float scale = halfScale(e);
        float inverse = 1 / scale;
        double error = 0;
        for (int i = from; i < from + BLOCK_SIZE; i++) {
            double difference = source[i] - scale * DOUBLED[code(source[i] * inverse)];
            error += difference * difference;
        }
        return error;
    }

    private static int code(float value) {
        int code = MAGNITUDES.code(Math.abs(value));
        return value < 0 && code > 0 ? code | SIGN : code;
    }
}
