package dev.nightjar.kernels.tensor;

import java.lang.foreign.MemorySegment;

/**
 * A row-major tensor over memory that somebody else owns (a mapped file, an arena). It carries no
 * math; block-quantized types keep whole blocks per row.
 *
 * @param dtype element or block type
 * @param shape dimensions, outermost first
 * @param data exactly the bytes of the elements, little-endian, valid as long as its owner's arena
 */
public record Tensor(DType dtype, Shape shape, MemorySegment data) {

    /**
     * Checks that the memory fits the shape.
     *
     * @throws IllegalArgumentException if rows do not hold whole blocks or the sizes disagree
     */
    public Tensor {
        if (shape.cols() % dtype.blockSize() != 0) {
            throw new IllegalArgumentException(
                    "rows of %s hold whole blocks of %d elements, found rows of %d"
                            .formatted(dtype, dtype.blockSize(), shape.cols()));
        }
        long expected = dtype.bytesFor(shape.numElements());
        if (data.byteSize() != expected) {
            throw new IllegalArgumentException(
                    "a tensor %s of %s occupies %d bytes, found %d"
                            .formatted(shape, dtype, expected, data.byteSize()));
        }
    }

    /** Bytes of one row. */
    public long rowBytes() {
        return dtype.bytesFor(shape.cols());
    }

    /** Rows {@code [from, from + count)} as a two-dimensional view on the same memory. */
    public Tensor rows(long from, long count) {
        return new Tensor(
                dtype,
                new Shape(count, shape.cols()),
                data.asSlice(from * rowBytes(), count * rowBytes()));
    }
}
