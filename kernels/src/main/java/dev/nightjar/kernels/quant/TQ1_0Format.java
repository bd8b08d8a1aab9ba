package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#TQ1_0}: 256 ternary weights with one scale; {@code x[i] = d * (q[i] - 1)} with q in
 * 0..2. Five digits of base three share a byte: 3^5 = 243 values are spread over 0..255 so that
 * digit n, counted from the most significant, is {@code floor(3 * (byte * 3^n mod 256) / 256)}.
 *
 * <table>
 * <caption>Block of 256 elements, 54 bytes</caption>
 * <tr><th>byte</th><th>content</th></tr>
 * <tr><td>l, l in 0..31</td><td>digit n is q[32n + l], n in 0..4</td></tr>
 * <tr><td>32 + l, l in 0..15</td><td>digit n is q[160 + 16n + l], n in 0..4</td></tr>
 * <tr><td>48 + l, l in 0..3</td><td>digit n is q[240 + 4n + l], n in 0..3</td></tr>
 * <tr><td>52..53</td><td>d, the scale, f16</td></tr>
 * </table>
 */
public final class TQ1_0Format implements BlockFormat {

    private static final int BLOCK_SIZE = 256;
    private static final int BLOCK_BYTES = 54;
    private static final int SCALE = 52;

    TQ1_0Format() {}

    @Override
    public DType dtype() {
        return DType.TQ1_0;
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = targetOffset;
                i < targetOffset + count;
                i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float d = LittleEndian.half(source, offset + SCALE);
            digits(source, offset, 32, 5, d, target, i);
            digits(source, offset + 32, 16, 5, d, target, i + 160);
            digits(source, offset + 48, 4, 4, d, target, i + 240);
        }
    }

    /**
     * The elements of {@code width} bytes with {@code numDigits} digits each: digit after digit of
     * all bytes.
     *
     * @param source blocks
     * @param offset first byte
     * @param scale factor of the elements
     * @param target receives {@code width * numDigits} floats from {@code start} on
     */
    public static void digits(
            MemorySegment source,
            long offset,
            int width,
            int numDigits,
            float scale,
            float[] target,
            int start) {
        int power = 1;
        for (int n = 0; n < numDigits; n++, power *= 3) {
            for (int l = 0; l < width; l++) {
                int shifted = LittleEndian.unsignedByte(source, offset + l) * power & 0xff;
                target[start + n * width + l] = scale * ((shifted * 3 >>> 8) - 1);
            }
        }
    }
}
