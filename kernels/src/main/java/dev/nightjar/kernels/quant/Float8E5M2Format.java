package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#F8_E5M2}: the upper byte of an IEEE half, infinities and NaN included.
 *
 * <table>
 * <caption>Element</caption>
 * <tr><th>bits</th><th>content</th></tr>
 * <tr><td>0..1</td><td>mantissa</td></tr>
 * <tr><td>2..6</td><td>exponent, bias 15</td></tr>
 * <tr><td>7</td><td>sign</td></tr>
 * </table>
 */
public final class Float8E5M2Format implements BlockFormat {

    Float8E5M2Format() {}

    @Override
    public DType dtype() {
        return DType.F8_E5M2;
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = 0; i < count; i++) {
            int bits = LittleEndian.unsignedByte(source, offset + i);
            target[targetOffset + i] = Float.float16ToFloat((short) (bits << 8));
        }
    }
}
