package dev.nightjar.kernels.cpu;

import dev.nightjar.kernels.backend.UnsupportedDTypeException;
import dev.nightjar.kernels.quant.BFloat16;
import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/** Conversion between floats and the element types of a KV cache, all little-endian. */
final class KvElements {

    private static final List<DType> KNOWN = List.of(DType.F32, DType.F16, DType.BF16);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private KvElements() {}

    /** Throws unless a cache can have elements of this type. */
    static void requireKnown(DType dtype) {
        if (!KNOWN.contains(dtype)) {
            throw new UnsupportedDTypeException(dtype, KNOWN);
        }
    }

    /** Stores {@code count} floats, one every {@code stride} bytes. */
    static void store(
            DType dtype,
            MemorySegment target,
            long offset,
            long stride,
            float[] source,
            int from,
            int count) {
        for (int i = 0; i < count; i++, offset += stride) {
            float value = source[from + i];
            switch (dtype) {
                case F32 -> target.set(FLOAT, offset, value);
                case F16 -> target.set(SHORT, offset, Float.floatToFloat16(value));
                default -> target.set(SHORT, offset, BFloat16.fromFloat(value));
            }
        }
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
