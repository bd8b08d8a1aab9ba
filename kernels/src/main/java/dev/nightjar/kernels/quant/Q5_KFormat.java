package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#Q5_K}: super-blocks of eight sub-blocks of 32 codes of five bits; sub-block j has a
 * scale and a minimum of six bits each: {@code x[32j + i] = d * sc[j] * q[32j + i] - dmin * mn[j]}.
 *
 * <table>
 * <caption>Super-block of 256 elements, 176 bytes</caption>
 * <tr><th>byte</th><th>content</th></tr>
 * <tr><td>0..1</td><td>d, the scale of the scales, f16</td></tr>
 * <tr><td>2..3</td><td>dmin, the scale of the minima, f16</td></tr>
 * <tr><td>4..15</td><td>sc and mn, packed as in {@link Q4_KFormat}</td></tr>
 * <tr><td>16 + i, i in 0..31</td><td>bit j: bit 4 of q[32j + i]</td></tr>
 * <tr><td>48 + 32g + i, g in 0..3</td><td>bits 0..3 of q; low nibble: of sub-block 2g; high: of 2g
 * + 1</td></tr>
 * </table>
 */
public final class Q5_KFormat implements BlockFormat {

    private static final int BLOCK_SIZE = 256;
    private static final int BLOCK_BYTES = 176;
    private static final int SUB_BLOCKS = 8;
    private static final int SUB_SIZE = 32;
    private static final int HIGH_BITS = 16;
    private static final int QUANTS = 48;

    Q5_KFormat() {}

    @Override
    public DType dtype() {
        return DType.Q5_K;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = 0; i < count; i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float d = LittleEndian.half(source, offset);
            float dmin = LittleEndian.half(source, offset + 2);
            for (int j = 0; j < SUB_BLOCKS; j++) {
                float scale = d * Q4_KFormat.scale(source, offset, j);
                float minimum = dmin * Q4_KFormat.minimum(source, offset, j);
                int first = targetOffset + i + j * SUB_SIZE;
                for (int k = 0; k < SUB_SIZE; k++) {
                    target[first + k] = scale * code(source, offset, j, k) - minimum;
                }
            }
        }
    }

    private static int code(MemorySegment source, long offset, int j, int k) {
        int pair = LittleEndian.unsignedByte(source, offset + QUANTS + j / 2 * SUB_SIZE + k);
        int high = LittleEndian.unsignedByte(source, offset + HIGH_BITS + k) >>> j & 1;
        return pair >>> 4 * (j & 1) & 15 | high << 4;
    }

    /** With the factors that {@link RangeSuperBlock} finds. */
    @Override
    public void quantize(
            float[] source, int sourceOffset, int count, MemorySegment target, long offset) {
        RangeSuperBlock block = new RangeSuperBlock(SUB_SIZE, 31, Q4_KFormat.MAX_FACTOR);
        for (int i = 0; i < count; i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            block.fit(source, sourceOffset + i);
            target.asSlice(offset, BLOCK_BYTES).fill((byte) 0);
            Q4_KFormat.putFactors(block, target, offset);
            for (int j = 0; j < SUB_BLOCKS; j++) {
                for (int k = 0; k < SUB_SIZE; k++) {
                    int q = block.code(j * SUB_SIZE + k);
                    long low = offset + QUANTS + j / 2 * SUB_SIZE + k;
                    LittleEndian.or(target, low, (q & 15) << 4 * (j & 1));
                    LittleEndian.or(target, offset + HIGH_BITS + k, q >>> 4 << j);
                }
            }
        }
    }
}
