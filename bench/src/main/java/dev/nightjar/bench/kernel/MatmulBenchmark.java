package dev.nightjar.bench.kernel;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.List;
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

/**
 * Tokens {@code [T, cols]} times a matrix {@code [rows, cols]}: the down projection of a 1B model.
 * Copies are used in turns, more than the caches hold, as in a decode that goes through all layers.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MatmulBenchmark {

    private static final int CHECKED_TOKENS = 2;

    @Param({"F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_K", "Q5_K", "Q6_K"})
    private String format;

    @Param({"1", "4", "8", "512"})
    private int tokens;

    @Param("2048")
    private int rows;

    @Param("8192")
    private int cols;

    /** Of all copies together, at least. */
    @Param("128")
    private int mebibytes;

    private Kernels kernels;
    private Weight[] weights;
    private Weight scalarWeight;
    private Matrix scalarX;
    private Matrix vectorX;
    private Matrix scalarOut;
    private Matrix vectorOut;
    private int turn;

    /** Makes the matrices and compares the backends. */
    @Setup(Level.Trial)
    public void setUp() {
        kernels = new Kernels();
        Tensor tensor = kernels.tensor(DType.valueOf(format), rows, cols);
        weights = new Weight[(int) Math.ceilDiv((long) mebibytes << 20, tensor.data().byteSize())];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = kernels.vector().prepare(WeightUse.MATMUL, List.of(tensor));
            if (i == 0) {
                scalarWeight = kernels.scalar().prepare(WeightUse.MATMUL, List.of(tensor));
            }
        }
        float[] x = kernels.normal(tokens * cols, 1);
        scalarX = Kernels.matrix(kernels.scalar(), cols, x);
        vectorX = Kernels.matrix(kernels.vector(), cols, x);
        scalarOut = Kernels.zeros(kernels.scalar(), tokens, rows);
        vectorOut = Kernels.zeros(kernels.vector(), tokens, rows);
        int checked = Math.min(CHECKED_TOKENS, tokens);
        kernels.scalar().matmul(scalarWeight, scalarX, checked, scalarOut);
        kernels.vector().matmul(weights[0], vectorX, tokens, vectorOut);
        Kernels.requireClose(scalarOut, vectorOut, checked * rows, "matmul " + format);
    }

    /** Stops the threads. */
    @TearDown(Level.Trial)
    public void tearDown() {
        kernels.close();
    }

    /** The reference, on one thread and one copy. */
    @Benchmark
    public Matrix scalar() {
        kernels.scalar().matmul(scalarWeight, scalarX, tokens, scalarOut);
        return scalarOut;
    }

    /** The kernel. */
    @Benchmark
    public Matrix vector() {
        turn = (turn + 1) % weights.length;
        kernels.vector().matmul(weights[turn], vectorX, tokens, vectorOut);
        return vectorOut;
    }
}
