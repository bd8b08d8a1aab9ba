package dev.nightjar.bench.kernel;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.SamplingBatch;
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

/** A token of one row of logits. The op may overwrite them, so each call begins with a copy. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SamplingBenchmark {

    @Param("128256")
    private int vocabulary;

    @Param({"greedy", "top-p"})
    private String sampling;

    private Kernels kernels;
    private Side scalar;
    private Side vector;

    /** What one backend has. */
    private record Side(Backend backend, Matrix source, Matrix logits, SamplingBatch batch) {

        int sample() {
            backend.copy(source, 1, logits);
            backend.sample(logits, 1, batch);
            return batch.token[0];
        }
    }

    /** Fills the logits and compares the backends. */
    @Setup(Level.Trial)
    public void setUp() {
        kernels = new Kernels();
        float[] logits = kernels.normal(vocabulary, 2);
        scalar = side(kernels.scalar(), logits);
        vector = side(kernels.vector(), logits);
        if (scalar.sample() != vector.sample()) {
            throw new IllegalStateException("the backends draw different tokens");
        }
    }

    private Side side(Backend backend, float[] logits) {
        SamplingBatch batch = new SamplingBatch(1);
        boolean isGreedy = sampling.equals("greedy");
        batch.temperature[0] = isGreedy ? 0 : 0.8f;
        batch.topP[0] = isGreedy ? 1 : 0.95f;
        batch.topK[0] = isGreedy ? 0 : 40;
        batch.repetitionPenalty[0] = 1;
        batch.seed[0] = 7;
        return new Side(
                backend,
                Kernels.matrix(backend, vocabulary, logits),
                Kernels.zeros(backend, 1, vocabulary),
                batch);
    }

    /** Stops the threads. */
    @TearDown(Level.Trial)
    public void tearDown() {
        kernels.close();
    }

    /** The reference. */
    @Benchmark
    public int scalar() {
        return scalar.sample();
    }

    /** The kernel. */
    @Benchmark
    public int vector() {
        return vector.sample();
    }
}
