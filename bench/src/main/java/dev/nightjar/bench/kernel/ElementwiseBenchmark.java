package dev.nightjar.bench.kernel;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What stands between the matmuls of a layer: RMSNorm over C, SwiGLU over F. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ElementwiseBenchmark {

    private static final float EPS = 1e-5f;

    @Param({"1", "512"})
    private int tokens;

    @Param("2048")
    private int hidden;

    @Param("8192")
    private int intermediate;

    private Kernels kernels;
    private Side scalar;
    private Side vector;

    /** What one backend has. */
    private record Side(
            Backend backend, Weight weight, Matrix x, Matrix normed, Matrix gateUp, Matrix gated) {

        void norm(int tokens) {
            backend.rmsNorm(x, weight, EPS, tokens, normed);
        }

        void gate(int tokens) {
            backend.activateMultiply(Activation.SILU, gateUp, tokens, gated);
        }
    }

    /** Fills the matrices and compares the backends. */
    @Setup(Level.Trial)
    public void setUp() {
        kernels = new Kernels();
        float[] x = kernels.normal(tokens * hidden, 1);
        float[] gateUp = kernels.normal(tokens * 2 * intermediate, 1);
        scalar = side(kernels.scalar(), x, gateUp);
        vector = side(kernels.vector(), x, gateUp);
        for (Side side : new Side[] {scalar, vector}) {
            side.norm(tokens);
            side.gate(tokens);
        }
        Kernels.requireClose(scalar.normed, vector.normed, tokens * hidden, "RMSNorm");
        Kernels.requireClose(scalar.gated, vector.gated, tokens * intermediate, "SwiGLU");
    }

    private Side side(Backend backend, float[] x, float[] gateUp) {
        return new Side(
                backend,
                Kernels.norm(backend, hidden),
                Kernels.matrix(backend, hidden, x),
                Kernels.zeros(backend, tokens, hidden),
                Kernels.matrix(backend, 2 * intermediate, gateUp),
                Kernels.zeros(backend, tokens, intermediate));
    }

    /** Stops the threads. */
    @TearDown(Level.Trial)
    public void tearDown() {
        kernels.close();
    }

    /** The reference. */
    @Benchmark
    public Matrix rmsNormScalar() {
        scalar.norm(tokens);
        return scalar.normed;
    }

    /** The kernel. */
    @Benchmark
    public Matrix rmsNormVector() {
        vector.norm(tokens);
        return vector.normed;
    }

    /** The reference. */
    @Benchmark
    public Matrix swiGluScalar() {
        scalar.gate(tokens);
        return scalar.gated;
    }

    /** The kernel. */
    @Benchmark
    public Matrix swiGluVector() {
        vector.gate(tokens);
        return vector.gated;
    }
}
