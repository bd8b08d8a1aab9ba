package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.cpu.simd.Fixtures;
import dev.nightjar.kernels.tensor.DType;
import java.util.List;
import java.util.Optional;

/** A program that runs two ops on the device and says what came of it; see CudaFaultsTest. */
final class NormAndScale {

    private static final int COLS = 300;

    private NormAndScale() {}

    public static void main(String[] args) {
        var options = new BackendOptions(Optional.of("cuda"), 1);
        try (Backend cuda = Backends.open(options)) {
            float[] expected = run(new ScalarBackend());
            float[] actual = run(cuda);
            double worst = 0;
            for (int i = 0; i < expected.length; i++) {
                double difference = Math.abs(expected[i] - actual[i]);
                worst = difference <= worst ? worst : difference;
            }
            System.out.println(worst < 1e-5 ? "right" : "wrong by " + worst);
        } catch (RuntimeException failure) {
            System.out.println("failed: " + failure.getMessage());
        }
    }

    private static float[] run(Backend backend) {
        Matrix x = Fixtures.matrix(backend, COLS, Fixtures.uniform(2 * COLS, 1));
        Weight weight =
                backend.prepare(WeightUse.VECTOR, List.of(Fixtures.tensor(DType.F32, 2, COLS)));
        backend.rmsNorm(x, weight, 1e-6f, 2, x);
        backend.scale(x, 2, 2);
        return Fixtures.rows(x, 0, 2);
    }
}
