package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;

/** From handles to addresses on the device, with the checks of the ops. */
final class CudaArguments {

    private CudaArguments() {}

    /** The address of row 0; throws unless the matrix is this backend's and has so many rows. */
    static long address(Matrix matrix, int numRows) {
        if (!(matrix.buffer() instanceof CudaBuffer buffer)) {
            throw foreign("buffers", matrix.buffer());
        }
        if (numRows < 0 || numRows > matrix.maxRows()) {
            throw new IllegalArgumentException(
                    "the op runs on %d rows, but the matrix has room for %d"
                            .formatted(numRows, matrix.maxRows()));
        }
        return buffer.address() + matrix.offset() * Float.BYTES;
    }

    /** The address of row {@code first} of a matrix whose row 0 lies at {@code address}. */
    static long row(long address, Matrix matrix, int first) {
        return address + (long) first * matrix.rowStride() * Float.BYTES;
    }

    static CudaIndexBuffer index(IndexBuffer buffer) {
        if (buffer instanceof CudaIndexBuffer cuda) {
            return cuda;
        }
        throw foreign("index buffers", buffer);
    }

    /** Throws unless the buffer has room for so many entries. */
    static void requireCount(CudaIndexBuffer buffer, int count) {
        if (count > buffer.host().length) {
            throw new IllegalArgumentException(
                    "the op needs %d indices, but the buffer has room for %d"
                            .formatted(count, buffer.host().length));
        }
    }

    /** The address of a vector of that length. */
    static long vector(Weight weight, int cols) {
        if (weight instanceof CudaVector vector && vector.cols() == cols) {
            return vector.address();
        }
        throw mismatch("a vector of %d elements".formatted(cols), weight);
    }

    /** A vector of {@code cols} elements, or of {@code repeated} that serve all heads. */
    static CudaVector vectorOf(Weight weight, int cols, int repeated) {
        if (weight instanceof CudaVector vector
                && (vector.cols() == cols || vector.cols() == repeated)) {
            return vector;
        }
        throw mismatch("a vector of %d or %d elements".formatted(repeated, cols), weight);
    }

    /** A matrix with that many columns, of experts or of none. */
    static CudaMatrix matrix(Weight weight, int cols, boolean ofExperts) {
        if (weight instanceof CudaMatrix matrix
                && matrix.cols() == cols
                && matrix.isOfExperts() == ofExperts) {
            return matrix;
        }
        throw mismatch(
                "%s with %d columns".formatted(ofExperts ? "experts" : "a matrix", cols), weight);
    }

    private static IllegalArgumentException foreign(String what, Object found) {
        return new IllegalArgumentException(
                "an op on the GPU takes %s that its backend allocated, found %s"
                        .formatted(what, found.getClass().getName()));
    }

    private static IllegalArgumentException mismatch(String expected, Weight found) {
        return new IllegalArgumentException(
                "the op takes %s prepared by this backend, found %s with %d rows, %d columns"
                        .formatted(
                                expected,
                                found.getClass().getSimpleName(),
                                found.rows(),
                                found.cols()));
    }
}
