package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#F8_E4M3}, the "fn" variant: no infinities, and NaN only where all bits but the sign
 * are set, so that values reach ±448.
 *
 * <table>
 * <caption>Element</caption>
 * <tr><th>bits</th><th>content</th></tr>
 * <tr><td>0..2</td><td>mantissa</td></tr>
 * <tr><td>3..6</td><td>exponent, bias 7; 0 for subnormals, multiples of 2^-9</td></tr>
 * <tr><td>7</td><td>sign</td></tr>
 * </table>
 */
public final class Float8E4M3Format implements BlockFormat {

    private static final int NAN = 0x7f;
    private static final int BIAS_DIFFERENCE = 127 - 7;

    Float8E4M3Format() {}

    @Override
    public DType dtype() {
        return DType.F8_E4M3;
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = 0; i < count; i++) {
            target[targetOffset + i] = toFloat(LittleEndian.unsignedByte(source, offset + i));
        }
    }

    private static float toFloat(int bits) {
        int magnitude = bits & 0x7f;
        float value;
        if (magnitude == NAN) {
            value = Float.NaN;
        } else if (magnitude < 8) {
            value = magnitude * 0x1p-9f;
        } else {
            value = Float.intBitsToFloat((magnitude << 20) + (BIAS_DIFFERENCE << 23));
        }
        return bits < 0x80 ? value : -value;
    }
}
