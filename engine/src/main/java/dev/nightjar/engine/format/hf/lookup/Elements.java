package dev.nightjar.engine.format.hf.lookup;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Single elements of tensors that no kernel computes with: integers, and numbers of 64 bits. */
final class Elements {

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Elements() {}

    /**
     * Element {@code index} in row-major order.
     *
     * @throws ModelFormatException if the type is none of those of such tables
     */
    static double number(Tensor tensor, long index) {
        MemorySegment data = tensor.data();
        return switch (tensor.dtype()) {
            case F32 -> Float.intBitsToFloat(data.get(INT, Float.BYTES * index));
            case F16 -> Float.float16ToFloat(data.get(SHORT, Short.BYTES * index));
            case BF16 -> Float.intBitsToFloat(data.get(SHORT, Short.BYTES * index) << 16);
            case F64 -> Double.longBitsToDouble(data.get(LONG, Double.BYTES * index));
            case I8 -> data.get(ValueLayout.JAVA_BYTE, index);
            case U8 -> Byte.toUnsignedInt(data.get(ValueLayout.JAVA_BYTE, index));
            case I16 -> data.get(SHORT, Short.BYTES * index);
            case I32 -> data.get(INT, Integer.BYTES * index);
            case I64 -> data.get(LONG, Long.BYTES * index);
            default -> throw unsupported(tensor.dtype());
        };
    }

    private static ModelFormatException unsupported(DType found) {
        return new ModelFormatException(
                "expected a table of F32, F16, BF16, F64, I64, I32, I16, I8 or U8, found " + found);
    }
}
