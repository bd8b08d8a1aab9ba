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

    /** Scales from the smallest and largest value of each sub-block, without a search. */
    @Override
    public void quantize(
            float[] source, int sourceOffset, int count, MemorySegment target, long offset) {
        for (int i = 0; i < count; i += BLOCK_SIZE, offset += BLOCK_BYTES) {
            quantizeBlock(source, sourceOffset + i, target, offset);
        }
    }

    private static void quantizeBlock(float[] source, int from, MemorySegment target, long offset) {
        float[] scales = new float[SUB_BLOCKS];
        float[] minima = new float[SUB_BLOCKS];
        for (int j = 0; j < SUB_BLOCKS; j++) {
            int first = from + j * SUB_SIZE;
            float min = Ranges.minOrZero(source, first, SUB_SIZE);
            scales[j] = (Ranges.max(source, first, SUB_SIZE, min) - min) / 15;
            minima[j] = -min;
        }
        LittleEndian.putHalf(target, offset, Ranges.maxMagnitude(scales, 0, SUB_BLOCKS) / 63);
        LittleEndian.putHalf(target, offset + 2, Ranges.maxMagnitude(minima, 0, SUB_BLOCKS) / 63);
        float d = LittleEndian.half(target, offset);
        float dmin = LittleEndian.half(target, offset + 2);
        target.asSlice(offset + SCALES, BLOCK_BYTES - SCALES).fill((byte) 0);
        for (int j = 0; j < SUB_BLOCKS; j++) {
            int sc = Ranges.steps(scales[j], d, 0, 63);
            int mn = Ranges.steps(minima[j], dmin, 0, 63);
            putSixBits(target, offset + SCALES, j, 0, sc);
            putSixBits(target, offset + SCALES, j, 4, mn);
            for (int k = 0; k < SUB_SIZE; k++) {
                float x = source[from + j * SUB_SIZE + k];
                int q = Ranges.steps(x + dmin * mn, d * sc, 0, 15);
                or(target, offset + QUANTS + (j / 2) * SUB_SIZE + k, q << 4 * (j & 1));
            }
        }
    }

    private static void putSixBits(MemorySegment target, long scales, int j, int kind, int value) {
        if (j < 4) {
            or(target, scales + kind + j, value);
        } else {
            or(target, scales + 4 + j, (value & 15) << kind);
            or(target, scales + kind + j - 4, value >>> 4 << 6);
        }
    }

    private static void or(MemorySegment target, long offset, int bits) {
        LittleEndian.putByte(target, offset, LittleEndian.unsignedByte(target, offset) | bits);
    }
}
