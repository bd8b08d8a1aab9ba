package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@link DType#Q6_K}: super-blocks of 16 sub-blocks of 16 six-bit codes; {@code x[i] = d * sc[i /
 * 16] * (q[i] - 32)}.
 *
 * <p>Element {@code 128h + 32g + l} (h in 0..1, g in 0..3, l in 0..31):
 *
 * <table>
 * <caption>Super-block of 256 elements, 210 bytes</caption>
 * <tr><th>byte</th><th>content</th></tr>
 * <tr><td>64h + 32(g % 2) + l</td><td>bits 0..3 of q: low nibble if g &lt; 2, else high</td></tr>
 * <tr><td>128 + 32h + l</td><td>bits 4..5 of q in bits 2g..2g + 1</td></tr>
 * <tr><td>192..207</td><td>sc[0..15], signed bytes</td></tr>
 * <tr><td>208..209</td><td>d, the scale of the scales, f16</td></tr>
 * </table>
 */
public final class Q6_KFormat implements BlockFormat {

    private static final int BLOCK_SIZE = 256;
    private static final int BLOCK_BYTES = 210;
    private static final int SUB_SIZE = 16;
    private static final int HIGH_BITS = 128;
    private static final int SCALES = 192;
    private static final int SCALE = 208;
    private static final int CENTRE = 32;

    Q6_KFormat() {}

    @Override
    public DType dtype() {
        return DType.Q6_K;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = 0; i < count; i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float d = LittleEndian.half(source, offset + SCALE);
            for (int j = 0; j < BLOCK_SIZE; j++) {
                byte sc = source.get(ValueLayout.JAVA_BYTE, offset + SCALES + j / SUB_SIZE);
                int low = LittleEndian.unsignedByte(source, offset + lowByte(j));
                int high = LittleEndian.unsignedByte(source, offset + highByte(j));
                int q = low >>> lowShift(j) & 15 | (high >>> highShift(j) & 3) << 4;
                target[targetOffset + i + j] = d * sc * (q - CENTRE);
            }
        }
    }

    private static int lowByte(int j) {
        return j / 128 * 64 + j % 64;
    }

    private static int lowShift(int j) {
        return j % 128 < 64 ? 0 : 4;
    }

    private static int highByte(int j) {
        return HIGH_BITS + j / 128 * 32 + j % 32;
    }

    private static int highShift(int j) {
        return 2 * (j % 128 / 32);
    }

    /** With the factors that {@link ScaleSuperBlock} finds. */
    @Override
    public void quantize(
            float[] source, int sourceOffset, int count, MemorySegment target, long offset) {
        ScaleSuperBlock block = new ScaleSuperBlock(-CENTRE, Byte.MIN_VALUE);
        for (int i = 0; i < count; i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            block.fit(source, sourceOffset + i);
            target.asSlice(offset, BLOCK_BYTES).fill((byte) 0);
            LittleEndian.putHalf(target, offset + SCALE, block.d());
            for (int j = 0; j < BLOCK_SIZE / SUB_SIZE; j++) {
                LittleEndian.putByte(target, offset + SCALES + j, block.scale(j));
            }
            for (int j = 0; j < BLOCK_SIZE; j++) {
                int q = block.code(j) + CENTRE;
                LittleEndian.or(target, offset + lowByte(j), (q & 15) << lowShift(j));
                LittleEndian.or(target, offset + highByte(j), q >>> 4 << highShift(j));
            }
        }
    }
}
