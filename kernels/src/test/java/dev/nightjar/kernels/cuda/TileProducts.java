package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.cpu.simd.Fixtures;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A program that multiplies tiles on the device and says what came of it: of MXFP4 by mma, of the
 * others by wgmma where that is on; see CudaWgmmaTest.
 */
final class TileProducts {

    private static final int COLS = 768;
    private static final int T = 70;

    private TileProducts() {}

    public static void main(String[] args) {
        float[] x = Fixtures.uniform(T * COLS, 1);
        try (Backend cuda = Backends.open(new BackendOptions(Optional.of("cuda"), 1));
                Backend scalar = new ScalarBackend()) {
            double worst = 0;
            for (DType dtype : List.of(DType.MXFP4, DType.BF16, DType.Q8_0, DType.Q6_K)) {
                List<Tensor> parts = List.of(Fixtures.tensor(dtype, 2, 70, COLS));
                float[] expected = CudaMatmulTest.matmul(scalar, parts, x, T);
                float[] actual = CudaMatmulTest.matmul(cuda, parts, x, T);
                for (int i = 0; i < expected.length; i++) {
                    double difference = Math.abs(expected[i] - actual[i]);
                    worst = difference <= worst ? worst : difference;
                }
            }
            System.out.println(worst < 1e-2 * Math.sqrt(COLS) ? "right" : "wrong by " + worst);
        } catch (RuntimeException failure) {
            System.out.println("failed: " + failure.getMessage());
        }
    }
}
