package dev.nightjar.engine.model.encoder;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;

/**
 * A matrix with as many rows as the largest step had. At most as many sizes are allocated as there
 * are powers of two: the device keeps what it gave.
 */
public final class GrowingMatrix {

    private final Backend backend;
    private final int cols;
    private Matrix matrix;
    private int rows;

    /** Allocates for {@code rows} rows. */
    public GrowingMatrix(Backend backend, int rows, int cols) {
        this.backend = backend;
        this.cols = cols;
        allocate(rows);
    }

    /** The matrix with room for so many rows; what it held is lost if it has to grow. */
    public Matrix withRows(int count) {
        if (count > rows) {
            allocate(Integer.highestOneBit(count - 1) << 1);
        }
        return matrix;
    }

    private void allocate(int count) {
        matrix = Matrix.of(backend.allocate((long) count * cols), cols);
        rows = count;
    }
}
