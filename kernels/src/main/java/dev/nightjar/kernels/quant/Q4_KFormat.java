package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;

/**
 * {@link DType#Q4_K}: super-blocks of eight sub-blocks of 32 nibbles; sub-block j has a scale and a
 * minimum of six bits each: {@code x[32j + i] = d * sc[j] * q[32j + i] - dmin * mn[j]}.
 *
 * <table>
 * <caption>Super-block of 256 elements, 144 bytes</caption>
 * <tr><th>byte</th><th>content</th></tr>
 * <tr><td>0..1</td><td>d, the scale of the scales, f16</td></tr>
 * <tr><td>2..3</td><td>dmin, the scale of the minima, f16</td></tr>
 * <tr><td>4 + j, j in 0..3</td><td>bits 0..5: sc[j]; bits 6..7: bits 4..5 of sc[j + 4]</td></tr>
 * <tr><td>8 + j, j in 0..3</td><td>bits 0..5: mn[j]; bits 6..7: bits 4..5 of mn[j + 4]</td></tr>
 * <tr><td>12 + j, j in 0..3</td><td>low nibble: bits 0..3 of sc[j + 4]; high: of mn[j + 4]</td></tr>
 * <tr><td>16 + 32g + i, g in 0..3</td><td>low nibble: q of sub-block 2g; high: of 2g + 1</td></tr>
 * </table>
 */
public final class Q4_KFormat implements BlockFormat {

    private static final int BLOCK_SIZE = 256;
    private static final int BLOCK_BYTES = 144;
    private static final int SUB_BLOCKS = 8;
    private static final int SUB_SIZE = 32;
    private static final int SCALES = 4;
    private static final int QUANTS = 16;

    /** The largest scale or minimum of a sub-block. */
    static final int MAX_FACTOR = 63;

    Q4_KFormat() {}

    @Override
    public DType dtype() {
        return DType.Q4_K;
    }

    /** The six-bit scale of sub-block {@code j} of the super-block at {@code offset}. */
    public static int scale(MemorySegment source, long offset, int j) {
        return sixBits(source, offset + SCALES, j, 0);
    }

    /** The six-bit minimum of sub-block {@code j} of the super-block at {@code offset}. */
    public static int minimum(MemorySegment source, long offset, int j) {
        return sixBits(source, offset + SCALES, j, 4);
    }

    /** The eight six-bit scales of the super-block at {@code offset}; sub-block j in byte j. */
    public static long scales(MemorySegment source, long offset) {
        int whole = source.get(LittleEndian.INT, offset + SCALES);
        int low = source.get(LittleEndian.INT, offset + SCALES + 8);
        return eightSixBits(whole, low);
    }

    /** The eight six-bit minima of the super-block at {@code offset}; sub-block j in byte j. */
    public static long minima(MemorySegment source, long offset) {
        int whole = source.get(LittleEndian.INT, offset + SCALES + 4);
        int low = source.get(LittleEndian.INT, offset + SCALES + 8) >>> 4;
        return eightSixBits(whole, low);
    }

    /** Four codes as they stand; the other four from nibbles and the two bits above the first. */
    private static long eightSixBits(int whole, int low) {
        long first = whole & 0x3f3f3f3f;
        long second = low & 0x0f0f0f0f | whole >>> 2 & 0x30303030;
        return second << 32 | first;
    }

    /** {@code kind}: 0 for scales, 4 for minima; both the byte offset and the nibble shift. */
    private static int sixBits(MemorySegment source, long scales, int j, int kind) {
        if (j < 4) {
            return LittleEndian.unsignedByte(source, scales + kind + j) & 63;
        }
        int low = LittleEndian.unsignedByte(source, scales + 4 + j) >>> kind & 15;
        return low | LittleEndian.unsignedByte(source, scales + kind + j - 4) >>> 6 << 4;
    }

    @Override
    public void dequantize(
            MemorySegment source, long offset, float[] target, int targetOffset, int count) {
        for (int i = 0; i < count; i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            float d = LittleEndian.half(source, offset);
            float dmin = LittleEndian.half(source, offset + 2);
            for (int j = 0; j < SUB_BLOCKS; j++) {
                float scale = d * scale(source, offset, j);
                float minimum = dmin * minimum(source, offset, j);
                int first = targetOffset + i + j * SUB_SIZE;
                for (int k = 0; k < SUB_SIZE; k++) {
                    target[first + k] = scale * nibble(source, offset, j, k) - minimum;
                }
            }
        }
    }

    private static int nibble(MemorySegment source, long offset, int j, int k) {
        int pair = LittleEndian.unsignedByte(source, offset + QUANTS + (j / 2) * SUB_SIZE + k);
        return pair >>> 4 * (j & 1) & 15;
    }

    /** With the factors that {@link RangeSuperBlock} finds. */
    @Override
    public void quantize(
            float[] source, int sourceOffset, int count, MemorySegment target, long offset) {
        RangeSuperBlock block = new RangeSuperBlock(SUB_SIZE, 15, MAX_FACTOR);
        for (int i = 0; i < count; i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            block.fit(source, sourceOffset + i);
            target.asSlice(offset, BLOCK_BYTES).fill((byte) 0);
            putFactors(block, target, offset);
            for (int j = 0; j < SUB_BLOCKS; j++) {
                for (int k = 0; k < SUB_SIZE; k++) {
                    int q = block.code(j * SUB_SIZE + k);
                    long at = offset + QUANTS + j / 2 * SUB_SIZE + k;
                    LittleEndian.or(target, at, q << 4 * (j & 1));
                }
            }
        }
    }

    /** Writes the first 16 bytes of a super-block, zeros before; Q5_K has the same. */
    static void putFactors(RangeSuperBlock block, MemorySegment target, long offset) {
        LittleEndian.putHalf(target, offset, block.d());
        LittleEndian.putHalf(target, offset + 2, block.dmin());
        for (int j = 0; j < SUB_BLOCKS; j++) {
            putSixBits(target, offset + SCALES, j, 0, block.scale(j));
            putSixBits(target, offset + SCALES, j, 4, block.minimum(j));
        }
    }

    private static void putSixBits(MemorySegment target, long scales, int j, int kind, int value) {
        if (j < 4) {
            LittleEndian.or(target, scales + kind + j, value);
        } else {
            LittleEndian.or(target, scales + 4 + j, (value & 15) << kind);
            LittleEndian.or(target, scales + kind + j - 4, value >>> 4 << 6);
        }
    }
}
