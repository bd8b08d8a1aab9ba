package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#F32}: IEEE 754 single precision.
 *
 * <table>
 * <caption>Element</caption>
 * <tr><th>byte</th><th>content</th></tr>
 * <tr><td>0..3</td><td>the value, little-endian</td></tr>
 * </table>
 */
public final class Float32Format implements BlockFormat {

    Float32Format() {}

    @Override
    public DType dtype() {
        return DType.F32;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = 0; i < count; i++) {
            target[targetOffset + i] = source.get(LittleEndian.FLOAT, offset + 4L * i);
        }
    }

    @Override
    public void quantize(
            float[] source, int sourceOffset, int count, MemorySegment target, long offset) {
        for (int i = 0; i < count; i++) {
            target.set(LittleEndian.FLOAT, offset + 4L * i, source[sourceOffset + i]);
        }
    }
}
