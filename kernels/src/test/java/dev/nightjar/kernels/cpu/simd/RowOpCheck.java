package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import java.util.Arrays;

/** Ops on rows: against the reference, and each row alone against the same row in a batch. */
final class RowOpCheck {

    /** More than one chunk of rows for wide matrices, and no multiple of anything. */
    static final int T = 33;

    private static final Backend REFERENCE = new ScalarBackend();

    private RowOpCheck() {}

    /** An op that reads and writes rows; what it leaves in {@code out} is compared. */
    interface RowOp {
        void run(Backend backend, Matrix x, int rows, Matrix out);
    }

    /** Inputs are uniform on [-1, 1); {@code tolerance} is absolute. */
    static void check(
            Backend vector, RowOp op, int cols, int outCols, float tolerance, String what) {
        check(vector, op, Fixtures.uniform(T * cols, cols), outCols, tolerance, what);
    }

    /** {@code input}: {@value #T} rows. */
    static void check(
            Backend vector, RowOp op, float[] input, int outCols, float tolerance, String what) {
        int cols = input.length / T;
        float[] expected = run(REFERENCE, op, input, cols, outCols);
        float[] actual = run(vector, op, input, cols, outCols);
        Fixtures.assertClose(expected, actual, tolerance, what + " of " + cols);
        for (int t = 0; t < T; t++) {
            Matrix x = Fixtures.matrix(vector, cols, input);
            Matrix out = Fixtures.zeros(vector, 1, outCols);
            op.run(vector, Fixtures.fromRow(x, t), 1, out);
            float[] row = Arrays.copyOfRange(actual, t * outCols, (t + 1) * outCols);
            Fixtures.assertSameBits(row, Fixtures.rows(out, 0, 1), what + " row " + t + " alone");
        }
    }

    private static float[] run(Backend backend, RowOp op, float[] input, int cols, int outCols) {
        Matrix out = Fixtures.zeros(backend, T, outCols);
        op.run(backend, Fixtures.matrix(backend, cols, input), T, out);
        return Fixtures.rows(out, 0, T);
    }
}
