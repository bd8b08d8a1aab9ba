package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#BF16}: the upper 16 bits of an IEEE single.
 *
 * <table>
 * <caption>Element</caption>
 * <tr><th>bits</th><th>content</th></tr>
 * <tr><td>0..6</td><td>mantissa</td></tr>
 * <tr><td>7..14</td><td>exponent, bias 127</td></tr>
 * <tr><td>15</td><td>sign</td></tr>
 * </table>
 */
public final class BFloat16Format implements BlockFormat {

    BFloat16Format() {}

    @Override
    public DType dtype() {
        return DType.BF16;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = 0; i < count; i++) {
            target[targetOffset + i] =
                    BFloat16.toFloat(source.get(LittleEndian.SHORT, offset + 2L * i));
        }
    }

    @Override
    public void quantize(
            float[] source, int sourceOffset, int count, MemorySegment target, long offset) {
        for (int i = 0; i < count; i++) {
            short bits = BFloat16.fromFloat(source[sourceOffset + i]);
            target.set(LittleEndian.SHORT, offset + 2L * i, bits);
        }
    }
}
