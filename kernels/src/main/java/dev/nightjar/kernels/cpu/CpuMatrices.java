package dev.nightjar.kernels.cpu;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeTable;

/** Argument checks of the ops, and the way from a matrix view to array indices. */
public final class CpuMatrices {

    private CpuMatrices() {}

    /**
     * The array behind a view.
     *
     * @throws IllegalArgumentException if the buffer is of another backend or too small for {@code
     *     numRows}
     */
    public static float[] data(Matrix matrix, int numRows) {
        if (!(matrix.buffer() instanceof CpuBuffer buffer)) {
            throw new IllegalArgumentException(
                    "a CPU op takes buffers that a CPU backend allocated, found "
                            + matrix.buffer().getClass().getName());
        }
        if (numRows < 0 || numRows > matrix.maxRows()) {
            throw new IllegalArgumentException(
                    "the op runs on %d rows, but the matrix has room for %d"
                            .formatted(numRows, matrix.maxRows()));
        }
        return buffer.data();
    }

    /** Array index of the first element of row {@code t}; valid once {@link #data} has passed. */
    public static int rowStart(Matrix matrix, int t) {
        return (int) (matrix.offset() + (long) t * matrix.rowStride());
    }

    /** Throws unless the matrix has exactly {@code cols} columns. */
    public static void requireCols(String name, Matrix matrix, int cols) {
        if (matrix.cols() != cols) {
            throw new IllegalArgumentException(
                    "%s must have %d columns, found %d".formatted(name, cols, matrix.cols()));
        }
    }

    /** Throws unless x has whole heads and the table suits their size. */
    public static void requireRotary(Matrix x, int numHeads, RopeTable table) {
        int headDim = x.cols() / numHeads;
        int rotaryDim = table.rotaryDim();
        boolean fits = table.offset() >= 0 && rotaryDim <= headDim - table.offset();
        if (headDim * numHeads != x.cols() || rotaryDim % 2 != 0 || !fits) {
            throw new IllegalArgumentException(
                    "rope turns an even number of elements of each head, found %d from %d on of %d / %d"
                            .formatted(rotaryDim, table.offset(), x.cols(), numHeads));
        }
        requireCols("cos", table.cos(), rotaryDim / 2);
        requireCols("sin", table.sin(), rotaryDim / 2);
    }

    /** Throws unless the starts of sequences ascend from 0 to T. */
    public static void requireStarts(int[] starts, int numSequences, int T) {
        boolean isWhole =
                numSequences >= 0
                        && numSequences < starts.length
                        && starts[0] == 0
                        && starts[numSequences] == T;
        for (int s = 0; isWhole && s < numSequences; s++) {
            isWhole = starts[s] <= starts[s + 1];
        }
        if (!isWhole) {
            throw new IllegalArgumentException(
                    "the starts of %d sequences must ascend from 0 to %d"
                            .formatted(numSequences, T));
        }
    }

    /** Elements per head; throws unless x has whole heads. */
    public static int headDim(Matrix x, int numHeads) {
        if (numHeads <= 0 || x.cols() % numHeads != 0) {
            throw new IllegalArgumentException(
                    "%d columns are no %d heads of equal size".formatted(x.cols(), numHeads));
        }
        return x.cols() / numHeads;
    }

    /** Rows of x behind {@code n} rows of an expert op, each used {@code fanOut} times. */
    public static int rowsBefore(int fanOut, int n) {
        if (fanOut < 1) {
            throw new IllegalArgumentException(
                    "a row goes to one expert or more, found a fan-out of " + fanOut);
        }
        return Math.ceilDiv(n, fanOut);
    }

    /** to [T, C] = from [T, C]. */
    public static void copy(Matrix from, int T, Matrix to) {
        requireCols("to", to, from.cols());
        float[] in = data(from, T);
        float[] out = data(to, T);
        for (int t = 0; t < T; t++) {
            System.arraycopy(in, rowStart(from, t), out, rowStart(to, t), from.cols());
        }
    }

    /** Returns the index, or throws naming what it should select. */
    public static int requireIndex(String name, int index, int count) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException(
                    "%s must be in [0, %d), found %d".formatted(name, count, index));
        }
        return index;
    }
}
