package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#Q3_K}: super-blocks of 16 sub-blocks of 16 three-bit codes with a six-bit scale
 * each; {@code x[16j + i] = d * (sc[j] - 32) * (q[16j + i] - 4)}.
 *
 * <p>Element {@code 128h + 32g + l} (h in 0..1, g in 0..3, l in 0..31):
 *
 * <table>
 * <caption>Super-block of 256 elements, 110 bytes</caption>
 * <tr><th>byte</th><th>content</th></tr>
 * <tr><td>l, l in 0..31</td><td>bit 4h + g: bit 2 of q</td></tr>
 * <tr><td>32 + 32h + l</td><td>bits 0..1 of q in bits 2g..2g + 1</td></tr>
 * <tr><td>96 + j, j in 0..7</td><td>low nibble: bits 0..3 of sc[j]; high: of sc[j + 8]</td></tr>
 * <tr><td>104 + j, j in 0..3</td><td>bits 4..5 of sc[j], sc[j + 4], sc[j + 8], sc[j + 12], lowest
 * bits first</td></tr>
 * <tr><td>108..109</td><td>d, the scale of the scales, f16</td></tr>
 * </table>
 */
public final class Q3_KFormat implements BlockFormat {

    private static final int BLOCK_SIZE = 256;
    private static final int BLOCK_BYTES = 110;
    private static final int SUB_BLOCKS = 16;
    private static final int SUB_SIZE = 16;
    private static final int QUANTS = 32;
    private static final int SCALES = 96;
    private static final int SCALES_HIGH = 104;
    private static final int SCALE = 108;
    private static final int CENTRE = 4;
    private static final int SCALE_CENTRE = 32;

    Q3_KFormat() {}

    @Override
    public DType dtype() {
        return DType.Q3_K;
    }

    /** The signed scale of sub-block {@code j} of the super-block at {@code offset}. */
    public static int scale(MemorySegment source, long offset, int j) {
        int low = LittleEndian.unsignedByte(source, offset + SCALES + j % 8) >>> j / 8 * 4;
        int high = LittleEndian.unsignedByte(source, offset + SCALES_HIGH + j % 4) >>> j / 4 * 2;
        return (low & 15 | (high & 3) << 4) - SCALE_CENTRE;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = 0; i < count; i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float d = LittleEndian.half(source, offset + SCALE);
            for (int j = 0; j < SUB_BLOCKS; j++) {
                float scale = d * scale(source, offset, j);
                for (int k = j * SUB_SIZE; k < (j + 1) * SUB_SIZE; k++) {
                    target[targetOffset + i + k] = scale * (code(source, offset, k) - CENTRE);
                }
            }
        }
    }

    private static int code(MemorySegment source, long offset, int k) {
        int low = LittleEndian.unsignedByte(source, offset + lowByte(k)) >>> lowShift(k) & 3;
        int high = LittleEndian.unsignedByte(source, offset + k % 32) >>> k / 32 & 1;
        return low | high << 2;
    }

    private static int lowByte(int k) {
        return QUANTS + k / 128 * 32 + k % 32;
    }

    private static int lowShift(int k) {
        return 2 * (k % 128 / 32);
    }

    /** With the factors that {@link ScaleSuperBlock} finds. */
    @Override
    public void quantize(
            float[] source, int sourceOffset, int count, MemorySegment target, long offset) {
        ScaleSuperBlock block = new ScaleSuperBlock(-CENTRE, -SCALE_CENTRE);
        for (int i = 0; i < count; i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            block.fit(source, sourceOffset + i);
            target.asSlice(offset, BLOCK_BYTES).fill((byte) 0);
            LittleEndian.putHalf(target, offset + SCALE, block.d());
            for (int j = 0; j < SUB_BLOCKS; j++) {
                int sc = block.scale(j) + SCALE_CENTRE;
                LittleEndian.or(target, offset + SCALES + j % 8, (sc & 15) << j / 8 * 4);
                LittleEndian.or(target, offset + SCALES_HIGH + j % 4, sc >>> 4 << j / 4 * 2);
            }
            for (int k = 0; k < BLOCK_SIZE; k++) {
                int q = block.code(k) + CENTRE;
                LittleEndian.or(target, offset + lowByte(k), (q & 3) << lowShift(k));
                LittleEndian.or(target, offset + k % 32, q >>> 2 << k / 32);
            }
        }
    }
}
