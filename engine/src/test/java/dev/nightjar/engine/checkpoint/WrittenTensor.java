package dev.nightjar.engine.checkpoint;

import dev.nightjar.engine.format.lazy.TensorCopies;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A tensor on its way into a test file, with the inverses of what converters do. Rows are slices of
 * the first dimension.
 *
 * @param dtype element type
 * @param shape dimensions, outermost first
 * @param bytes elements
 */
record WrittenTensor(DType dtype, Shape shape, byte[] bytes) {

    static WrittenTensor of(Tensor tensor) {
        return new WrittenTensor(
                tensor.dtype(), tensor.shape(), tensor.data().toArray(ValueLayout.JAVA_BYTE));
    }

    private int rowBytes() {
        return bytes.length / (int) shape.dim(0);
    }

    /** Row {@code i} of the result is row {@code order[i]} of this. */
    WrittenTensor rows(int... order) {
        int size = rowBytes();
        byte[] result = new byte[order.length * size];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(bytes, order[i] * size, result, i * size, size);
        }
        long[] dims = shape.dims();
        dims[0] = order.length;
        return new WrittenTensor(dtype, new Shape(dims), result);
    }

    /** One slice of the first dimension, which the result does not have. */
    WrittenTensor at(int index) {
        long[] dims = shape.dims();
        return rows(index).shaped(Arrays.copyOfRange(dims, 1, dims.length));
    }

    WrittenTensor shaped(long... dims) {
        return new WrittenTensor(dtype, new Shape(dims), bytes);
    }

    /** From adjacent pairs to half-split ones, within each head. */
    WrittenTensor unpermuted(int heads) {
        int dim = (int) shape.dim(0) / heads;
        int[] order = new int[heads * dim];
        for (int head = 0; head < heads; head++) {
            for (int i = 0; i < dim / 2; i++) {
                order[head * dim + i] = head * dim + 2 * i;
                order[head * dim + dim / 2 + i] = head * dim + 2 * i + 1;
            }
        }
        return rows(order);
    }

    /** From all queries, all keys, all values to the three of each head. */
    WrittenTensor interleaved(int heads) {
        int dim = (int) shape.dim(0) / 3 / heads;
        int[] order = new int[3 * heads * dim];
        int to = 0;
        for (int head = 0; head < heads; head++) {
            for (int part = 0; part < 3; part++) {
                for (int i = 0; i < dim; i++) {
                    order[to++] = (part * heads + head) * dim + i;
                }
            }
        }
        return rows(order);
    }

    /** The last two of three dimensions exchanged. */
    WrittenTensor transposedInside() {
        WrittenTensor all = null;
        for (int i = 0; i < shape.dim(0); i++) {
            WrittenTensor one = at(i).transposed();
            WrittenTensor stacked = one.shaped(1, one.shape.dim(0), one.shape.dim(1));
            all = all == null ? stacked : all.above(stacked);
        }
        return all;
    }

    /** Rows and columns exchanged; vectors stay as they are. */
    WrittenTensor transposed() {
        if (shape.rank() == 1) {
            return this;
        }
        int rows = (int) shape.dim(0);
        int cols = (int) shape.dim(1);
        int size = dtype.blockBytes();
        byte[] result = new byte[bytes.length];
        for (int row = 0; row < rows; row++) {
            for (int col = 0; col < cols; col++) {
                System.arraycopy(
                        bytes, (row * cols + col) * size, result, (col * rows + row) * size, size);
            }
        }
        return new WrittenTensor(dtype, new Shape(cols, rows), result);
    }

    /** Every F32 element minus one. */
    WrittenTensor minusOne() {
        if (dtype != DType.F32) {
            throw new IllegalStateException("expected F32, found " + dtype);
        }
        ByteBuffer values = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < bytes.length; i += 4) {
            values.putFloat(i, values.getFloat(i) - 1);
        }
        return new WrittenTensor(dtype, shape, values.array());
    }

    /** Every element times a number, as F32. */
    WrittenTensor scaled(float factor) {
        float[] values = TensorCopies.floats(tensor(), 0, (int) shape.numElements());
        ByteBuffer result = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            result.putFloat(value * factor);
        }
        return new WrittenTensor(DType.F32, shape, result.array());
    }

    /** Rows of this and then of another tensor. */
    WrittenTensor above(WrittenTensor other) {
        byte[] both = Arrays.copyOf(bytes, bytes.length + other.bytes.length);
        System.arraycopy(other.bytes, 0, both, bytes.length, other.bytes.length);
        long[] dims = shape.dims();
        dims[0] += other.shape.dim(0);
        return new WrittenTensor(dtype, new Shape(dims), both);
    }

    /** Row 0 of this, row 0 of the other, row 1 of this, and so on. */
    WrittenTensor alternating(WrittenTensor other) {
        int rows = (int) shape.dim(0);
        int[] order = new int[2 * rows];
        for (int i = 0; i < rows; i++) {
            order[2 * i] = i;
            order[2 * i + 1] = rows + i;
        }
        return above(other).rows(order);
    }

    Tensor tensor() {
        return new Tensor(dtype, shape, MemorySegment.ofArray(bytes));
    }
}
