package dev.nightjar.kernels.cpu;

import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.UnsupportedDTypeException;
import dev.nightjar.kernels.quant.BFloat16;
import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/** Conversion between floats and the element types of a KV cache, all little-endian. */
final class KvElements {

    private static final List<DType> KNOWN = List.of(DType.F32, DType.F16, DType.BF16, DType.Q8_0);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Stored as the largest half, for kernels know no infinite ones. */
    private static final int INFINITE_HALF = 0x7c00;

    private static final int LARGEST_CODE = 127;

    /** Adding it leaves the nearest integer in the low bits of a float. */
    private static final float ROUNDER = 0x1.8p23f;

    private KvElements() {}

    /** Throws unless a cache can have elements of this type. */
    static void requireKnown(DType dtype) {
        if (!KNOWN.contains(dtype)) {
            throw new UnsupportedDTypeException(dtype, KNOWN);
        }
    }

    /**
     * Stores {@code count} floats of a plain type, one every {@code stride} bytes.
     *
     * @return false if a half is no number
     */
    static boolean store(
            DType dtype,
            MemorySegment target,
            long offset,
            long stride,
            float[] source,
            int from,
            int count) {
        switch (dtype) {
            case F32 -> {
                for (int i = from; i < from + count; i++, offset += stride) {
                    target.set(FLOAT, offset, source[i]);
                }
            }
            case F16 -> {
                int largest = 0;
                for (int i = from; i < from + count; i++, offset += stride) {
                    short half = half(source[i]);
                    largest = Math.max(largest, half & 0x7fff);
                    target.set(SHORT, offset, half);
                }
                return largest <= INFINITE_HALF;
            }
            default -> {
                for (int i = from; i < from + count; i++, offset += stride) {
                    target.set(SHORT, offset, BFloat16.fromFloat(source[i]));
                }
            }
        }
        return true;
    }

    /** The largest half for infinity, which it comes right before. */
    private static short half(float value) {
        short half = Float.floatToFloat16(value);
        return (half & 0x7fff) == INFINITE_HALF ? (short) (half - 1) : half;
    }

    /**
     * Stores floats as bytes, {@code code * scale}, with one scale for every {@value
     * KvLayerSpec#SCALE_RUN} of them.
     *
     * @param scales where the scale of the first run goes, the others {@code scaleStride} bytes
     *     apart
     * @param codes where the first byte goes, the others {@code codeStride} bytes apart
     * @return false if one is no number
     */
    static boolean storeQuantized(
            MemorySegment target,
            long scales,
            long scaleStride,
            long codes,
            long codeStride,
            float[] source,
            int from,
            int count) {
        int end = from + count;
        boolean areNumbers = true;
        for (int run = from; run < end; run += KvLayerSpec.SCALE_RUN, scales += scaleStride) {
            int runEnd = Math.min(end, run + KvLayerSpec.SCALE_RUN);
            float largest = 0;
            for (int i = run; i < runEnd; i++) {
                largest = Math.max(largest, Math.abs(source[i]));
            }
            areNumbers &= !Float.isNaN(largest);
            short scale = half(largest / LARGEST_CODE);
            target.set(SHORT, scales, scale);
            float inverse = inverse(Float.float16ToFloat(scale));
            for (int i = run; i < runEnd; i++, codes += codeStride) {
                float code = source[i] * inverse;
                code = Math.min(Math.max(code, -LARGEST_CODE), LARGEST_CODE);
                target.set(BYTE, codes, (byte) Float.floatToRawIntBits(code + ROUNDER));
            }
        }
        return areNumbers;
    }

    private static float inverse(float scale) {
        return scale == 0 ? 0 : 1 / scale;
    }

    /** Reads one element of {@link #storeQuantized}. */
    static float loadQuantized(MemorySegment source, long scale, long code) {
        return Float.float16ToFloat(source.get(SHORT, scale)) * source.get(BYTE, code);
    }

    /** Reads one element. */
    static float load(DType dtype, MemorySegment source, long offset) {
        return switch (dtype) {
            case F32 -> source.get(FLOAT, offset);
            case F16 -> Float.float16ToFloat(source.get(SHORT, offset));
            default -> BFloat16.toFloat(source.get(SHORT, offset));
        };
    }
}
