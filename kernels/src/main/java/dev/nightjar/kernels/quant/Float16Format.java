package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#F16}: IEEE 754 half precision, subnormals, infinities and NaN included.
 *
 * <table>
 * <caption>Element</caption>
 * <tr><th>bits</th><th>content</th></tr>
 * <tr><td>0..9</td><td>mantissa</td></tr>
 * <tr><td>10..14</td><td>exponent, bias 15</td></tr>
 * <tr><td>15</td><td>sign</td></tr>
 * </table>
 */
public final class Float16Format implements BlockFormat {

    Float16Format() {}

    @Override
    public DType dtype() {
        return DType.F16;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = 0; i < count; i++) {
            target[targetOffset + i] = LittleEndian.half(source, offset + 2L * i);
        }
    }

    @Override
    public void quantize(
            float[] source, int sourceOffset, int count, MemorySegment target, long offset) {
        for (int i = 0; i < count; i++) {
            LittleEndian.putHalf(target, offset + 2L * i, source[sourceOffset + i]);
        }
    }
}
