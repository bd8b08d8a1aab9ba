package dev.nightjar.bench.gpu;

import dev.nightjar.kernels.backend.Matrix;

/**
 * An op with its arguments in place.
 *
 * @param run starts it once more; a GPU may still be at work when this returns
 * @param result what it writes
 * @param rows of the result
 * @param bytes that it must read and write at least
 * @param operations multiplications and additions
 */
record PreparedOp(Runnable run, Matrix result, int rows, long bytes, long operations) {

    /** The result, densely; waits for it. */
    float[] read() {
        float[] values = new float[rows * result.cols()];
        for (int t = 0; t < rows; t++) {
            long offset = result.offset() + (long) t * result.rowStride();
            result.buffer().read(offset, values, t * result.cols(), result.cols());
        }
        return values;
    }

    /** Waits for everything that was started. */
    void await() {
        result.buffer().read(result.offset(), new float[1], 0, 1);
    }
}
