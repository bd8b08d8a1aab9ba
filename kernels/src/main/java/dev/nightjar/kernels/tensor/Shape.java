package dev.nightjar.kernels.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Row-major dimensions, outermost first; the last one is contiguous in memory. */
public record Shape(long... dims) {

    /**
     * Validates the dimensions.
     *
     * @throws IllegalArgumentException if a dimension is negative
     * @throws ArithmeticException if the number of elements exceeds a long
     */
    public Shape {
        dims = dims.clone();
        long product = 1;
        for (long dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException(
                        "dimensions must not be negative, found " + Arrays.toString(dims));
            }
            product = Math.multiplyExact(product, dim);
        }
    }

    /** A copy of the dimensions. */
    @Override
    public long[] dims() {
        return dims.clone();
    }

    /** Number of dimensions; 0 for a scalar. */
    public int rank() {
        return dims.length;
    }

    /** Dimension {@code axis}, counted from the outermost. */
    public long dim(int axis) {
        return dims[axis];
    }

    /** Product of all dimensions. */
    public long numElements() {
        return LongStream.of(dims).reduce(1, (a, b) -> a * b);
    }

    /** Length of the last, contiguous dimension; 1 for a scalar. */
    public long cols() {
        return dims.length == 0 ? 1 : dims[dims.length - 1];
    }

    /** Product of all dimensions but the last. */
    public long rows() {
        long rows = 1;
        for (int i = 0; i < dims.length - 1; i++) {
            rows *= dims[i];
        }
        return rows;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    @Override
    public String toString() {
        return LongStream.of(dims)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
