package dev.nightjar.engine.format.lazy;

import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.SegmentAllocator;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A tensor whose type and shape are known and whose bytes are made when they are first needed,
 * once. Operations describe further tensors; nothing is read or copied before {@link #load}.
 *
 * <p>Safe for use by several threads.
 */
public final class LazyTensor {

    private final DType dtype;
    private final Shape shape;
    private final TensorMaker maker;
    private Tensor made;

    private LazyTensor(DType dtype, Shape shape, TensorMaker maker) {
        this.dtype = dtype;
        this.shape = shape;
        this.maker = maker;
    }

    /**
     * A tensor that a maker will make.
     *
     * @throws IllegalArgumentException if rows do not hold whole blocks
     */
    public static LazyTensor of(DType dtype, Shape shape, TensorMaker maker) {
        dtype.bytesFor(shape.cols());
        return new LazyTensor(dtype, shape, maker);
    }

    /** A tensor that is there already. */
    public static LazyTensor of(Tensor tensor) {
        LazyTensor known = new LazyTensor(tensor.dtype(), tensor.shape(), loading -> tensor);
        known.made = tensor;
        return known;
    }

    /** Element or block type. */
    public DType dtype() {
        return dtype;
    }

    /** Dimensions, outermost first. */
    public Shape shape() {
        return shape;
    }

    /** Size of the elements. */
    public long bytes() {
        return dtype.bytesFor(shape.numElements());
    }

    /** The tensor; made by the first call, in memory of its allocator. */
    public Tensor load(SegmentAllocator memory) {
        return load(new Loading(memory, true));
    }

    private synchronized Tensor madeAlready() {
        return made;
    }

    synchronized Tensor load(Loading loading) {
        if (made != null) {
            return made;
        }
        Tensor tensor = maker.make(loading);
        if (loading.keeps()) {
            made = tensor;
        }
        return tensor;
    }

    /** Uses the tensor once, to copy from it; what had to be made for that is released. */
    public <T> T copyFrom(Function<Tensor, T> copy) {
        Tensor known = madeAlready();
        if (known != null) {
            return copy.apply(known);
        }
        try (Arena temporary = Arena.ofShared()) {
            return copy.apply(load(new Loading(temporary, false)));
        }
    }

    /** The same elements in other dimensions; a view. */
    public LazyTensor reshaped(Shape newShape) {
        if (newShape.numElements() != shape.numElements()) {
            throw new IllegalArgumentException(
                    "expected the elements of %s, found %s".formatted(shape, newShape));
        }
        return of(dtype, newShape, loading -> new Tensor(dtype, newShape, loading.of(this).data()));
    }

    /** Elements {@code [from, from + count)} of the first dimension; a view. */
    public LazyTensor slice(long from, long count) {
        long[] dims = shape.dims();
        if (dims.length == 0 || from < 0 || count < 0 || from > dims[0] - count) {
            throw new IllegalArgumentException(
                    "expected %d elements from %d on, found %s".formatted(count, from, shape));
        }
        long step = bytes() / Math.max(1, dims[0]);
        dims[0] = count;
        Shape part = new Shape(dims);
        return of(
                dtype,
                part,
                loading ->
                        new Tensor(
                                dtype,
                                part,
                                loading.of(this).data().asSlice(from * step, count * step)));
    }

    /** Element {@code index} of the first dimension, which the result does not have; a view. */
    public LazyTensor at(long index) {
        long[] dims = shape.dims();
        return slice(index, 1).reshaped(new Shape(Arrays.copyOfRange(dims, 1, dims.length)));
    }

    /**
     * Elements of the first dimension in another order, element {@code i} being that of {@code
     * order[i]} here; a copy.
     */
    public LazyTensor gathered(int[] order) {
        long[] dims = shape.dims();
        if (dims.length == 0 || IntStream.of(order).anyMatch(i -> i < 0 || i >= dims[0])) {
            throw new IllegalArgumentException(
                    "expected more than %d in the first dimension, found %s"
                            .formatted(IntStream.of(order).max().orElse(0), shape));
        }
        long step = bytes() / Math.max(1, dims[0]);
        dims[0] = order.length;
        Shape newShape = new Shape(dims);
        return of(
                dtype,
                newShape,
                loading ->
                        copyFrom(
                                source ->
                                        TensorCopies.gathered(
                                                source, newShape, order, step, loading.memory())));
    }

    /** The last two dimensions exchanged; a copy, except of vectors. */
    public LazyTensor transposed() {
        if (shape.rank() == 1) {
            return this;
        }
        if (shape.rank() == 0 || dtype.blockSize() != 1) {
            throw new IllegalArgumentException(
                    "expected a matrix of plain elements, found %s %s".formatted(dtype, shape));
        }
        long[] dims = shape.dims();
        dims[dims.length - 1] = shape.dim(dims.length - 2);
        dims[dims.length - 2] = shape.cols();
        Shape newShape = new Shape(dims);
        return of(
                dtype,
                newShape,
                loading ->
                        copyFrom(
                                source ->
                                        TensorCopies.transposed(
                                                source, newShape, loading.memory())));
    }

    /**
     * Tensors of the same type and shape, one behind the other along a new first dimension; a copy.
     */
    public static LazyTensor stacked(List<LazyTensor> parts) {
        LazyTensor first = parts.getFirst();
        for (LazyTensor part : parts) {
            if (part.dtype != first.dtype || !part.shape.equals(first.shape)) {
                throw new IllegalArgumentException(
                        "expected parts of %s %s, found %s %s"
                                .formatted(first.dtype, first.shape, part.dtype, part.shape));
            }
        }
        long[] dims = new long[first.shape.rank() + 1];
        dims[0] = parts.size();
        System.arraycopy(first.shape.dims(), 0, dims, 1, dims.length - 1);
        Shape newShape = new Shape(dims);
        return of(
                first.dtype,
                newShape,
                loading -> TensorCopies.stacked(parts, newShape, loading.memory()));
    }

    /** Every element plus a number, as F32; a copy. */
    public LazyTensor plus(float addend) {
        return of(
                DType.F32,
                shape,
                loading -> copyFrom(source -> TensorCopies.plus(source, addend, loading.memory())));
    }

    /** The same numbers as F32; a copy unless they are. */
    public LazyTensor floats() {
        return dtype == DType.F32 ? this : plus(0);
    }
}
