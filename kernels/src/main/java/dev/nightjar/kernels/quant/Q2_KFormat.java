package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#Q2_K}: super-blocks of 16 sub-blocks of 16 two-bit codes; sub-block j has a scale
 * and a minimum of four bits each: {@code x[16j + i] = d * sc[j] * q[16j + i] - dmin * mn[j]}.
 *
 * <p>Element {@code 128h + 32g + l} (h in 0..1, g in 0..3, l in 0..31):
 *
 * <table>
 * <caption>Super-block of 256 elements, 84 bytes</caption>
 * <tr><th>byte</th><th>content</th></tr>
 * <tr><td>j, j in 0..15</td><td>low nibble: sc[j]; high nibble: mn[j]</td></tr>
 * <tr><td>16 + 32h + l</td><td>q in bits 2g..2g + 1</td></tr>
 * <tr><td>80..81</td><td>d, the scale of the scales, f16</td></tr>
 * <tr><td>82..83</td><td>dmin, the scale of the minima, f16</td></tr>
 * </table>
 */
public final class Q2_KFormat implements BlockFormat {

    private static final int BLOCK_SIZE = 256;
    private static final int BLOCK_BYTES = 84;
    private static final int SUB_BLOCKS = 16;
    private static final int SUB_SIZE = 16;
    private static final int QUANTS = 16;
    private static final int SCALE = 80;
    private static final int MINIMUM = 82;

    Q2_KFormat() {}

    @Override
    public DType dtype() {
        return DType.Q2_K;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = 0; i < count; i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float d = LittleEndian.half(source, offset + SCALE);
            float dmin = LittleEndian.half(source, offset + MINIMUM);
            for (int j = 0; j < SUB_BLOCKS; j++) {
                int factors = LittleEndian.unsignedByte(source, offset + j);
                float scale = d * (factors & 15);
                float minimum = dmin * (factors >>> 4);
                for (int k = j * SUB_SIZE; k < (j + 1) * SUB_SIZE; k++) {
                    int q =
                            LittleEndian.unsignedByte(source, offset + codeByte(k))
                                    >>> codeShift(k);
                    target[targetOffset + i + k] = scale * (q & 3) - minimum;
                }
            }
        }
    }

    private static int codeByte(int k) {
        return QUANTS + k / 128 * 32 + k % 32;
    }

    private static int codeShift(int k) {
        return 2 * (k % 128 / 32);
    }

    /** With the factors that {@link RangeSuperBlock} finds. */
    @Override
    public void quantize(
            float[] source, int sourceOffset, int count, MemorySegment target, long offset) {
        RangeSuperBlock block = new RangeSuperBlock(SUB_SIZE, 3, 15);
        for (int i = 0; i < count; i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            block.fit(source, sourceOffset + i);
            target.asSlice(offset, BLOCK_BYTES).fill((byte) 0);
            LittleEndian.putHalf(target, offset + SCALE, block.d());
            LittleEndian.putHalf(target, offset + MINIMUM, block.dmin());
            for (int j = 0; j < SUB_BLOCKS; j++) {
                LittleEndian.putByte(target, offset + j, block.scale(j) | block.minimum(j) << 4);
            }
            for (int k = 0; k < BLOCK_SIZE; k++) {
                LittleEndian.or(target, offset + codeByte(k), block.code(k) << codeShift(k));
            }
        }
    }
}
