package dev.nightjar.engine.format;

import dev.nightjar.kernels.backend.UnsupportedDTypeException;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Small vectors on the host, at load: biases put together, scales, sinks. */
public final class HostVector {

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private HostVector() {}

    /**
     * The elements of a tensor in row-major order.
     *
     * @throws UnsupportedDTypeException if its type has no block format
     */
    public static float[] floats(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.shape().numElements())];
        BlockFormats.of(tensor.dtype())
                .orElseThrow(
                        () -> new UnsupportedDTypeException(tensor.dtype(), BlockFormats.known()))
                .dequantize(tensor.data(), 0, values, 0, values.length);
        return values;
    }

    /** A tensor {@code [length]} of type F32 that holds a copy of the values. */
    public static Tensor tensor(float[] values) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Float.BYTES * values.length]);
        for (int i = 0; i < values.length; i++) {
            bytes.set(FLOAT, (long) Float.BYTES * i, values[i]);
        }
        return new Tensor(DType.F32, new Shape(values.length), bytes);
    }
}
