package dev.nightjar.engine.format.lazy;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.kernels.quant.BlockFormat;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/** The loops behind the operations of {@link LazyTensor}. */
public final class TensorCopies {

    private static final int ALIGNMENT = 64;
    private static final int CHUNK = 4096;
    private static final int STRIP = 64;
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private TensorCopies() {}

    /** Memory for a tensor, aligned for vectors. */
    public static MemorySegment allocate(SegmentAllocator memory, DType dtype, Shape shape) {
        return memory.allocate(dtype.bytesFor(shape.numElements()), ALIGNMENT);
    }

    /**
     * Reads elements as floats.
     *
     * @param from index of the first element, on a block border
     * @throws ModelFormatException if the type cannot be computed with
     */
    public static float[] floats(Tensor tensor, long from, int count) {
        float[] values = new float[count];
        format(tensor.dtype())
                .dequantize(tensor.data(), tensor.dtype().bytesFor(from), values, 0, count);
        return values;
    }

    private static BlockFormat format(DType dtype) {
        return BlockFormats.of(dtype)
                .orElseThrow(
                        () ->
                                new ModelFormatException(
                                        "expected weights of a type that can be computed with, found "
                                                + dtype));
    }

    static Tensor gathered(
            Tensor source, Shape shape, int[] order, long step, SegmentAllocator memory) {
        MemorySegment target = allocate(memory, source.dtype(), shape);
        for (int i = 0; i < order.length; i++) {
            MemorySegment.copy(source.data(), order[i] * step, target, i * step, step);
        }
        return new Tensor(source.dtype(), shape, target);
    }

    static Tensor stacked(List<LazyTensor> parts, Shape shape, SegmentAllocator memory) {
        DType dtype = parts.getFirst().dtype();
        MemorySegment target = allocate(memory, dtype, shape);
        long at = 0;
        for (LazyTensor part : parts) {
            MemorySegment place = target.asSlice(at, part.bytes());
            part.copyFrom(source -> place.copyFrom(source.data()));
            at += part.bytes();
        }
        return new Tensor(dtype, shape, target);
    }

    /** Exchanges the last two dimensions. */
    static Tensor transposed(Tensor source, Shape shape, SegmentAllocator memory) {
        MemorySegment target = allocate(memory, source.dtype(), shape);
        long matrix = shape.dim(shape.rank() - 2) * shape.cols();
        int size = source.dtype().blockBytes();
        for (long at = 0; at < shape.numElements(); at += matrix) {
            transpose(
                    source.data().asSlice(at * size, matrix * size),
                    target.asSlice(at * size, matrix * size),
                    shape,
                    size);
        }
        return new Tensor(source.dtype(), shape, target);
    }

    private static void transpose(
            MemorySegment source, MemorySegment target, Shape shape, int size) {
        long rows = shape.dim(shape.rank() - 2);
        long cols = shape.cols();
        // Columns of the source in strips that fit the cache.
        for (long first = 0; first < rows; first += STRIP) {
            long last = Math.min(rows, first + STRIP);
            for (long col = 0; col < cols; col++) {
                for (long row = first; row < last; row++) {
                    copyElement(
                            source,
                            (col * rows + row) * size,
                            target,
                            (row * cols + col) * size,
                            size);
                }
            }
        }
    }

    private static void copyElement(
            MemorySegment source, long from, MemorySegment target, long to, int size) {
        switch (size) {
            case 2 ->
                    target.set(
                            ValueLayout.JAVA_SHORT_UNALIGNED,
                            to,
                            source.get(ValueLayout.JAVA_SHORT_UNALIGNED, from));
            case 4 ->
                    target.set(
                            ValueLayout.JAVA_INT_UNALIGNED,
                            to,
                            source.get(ValueLayout.JAVA_INT_UNALIGNED, from));
            default -> MemorySegment.copy(source, from, target, to, size);
        }
    }

    static Tensor plus(Tensor source, float addend, SegmentAllocator memory) {
        MemorySegment target = allocate(memory, DType.F32, source.shape());
        long numElements = source.shape().numElements();
        for (long from = 0; from < numElements; from += CHUNK) {
            float[] values = floats(source, from, (int) Math.min(CHUNK, numElements - from));
            for (int i = 0; i < values.length; i++) {
                target.setAtIndex(FLOAT, from + i, values[i] + addend);
            }
        }
        return new Tensor(DType.F32, source.shape(), target);
    }
}
