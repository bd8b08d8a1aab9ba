package dev.nightjar.bench.kernel;

import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.tensor.DType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** One query of 32 heads on 8 key/value heads over a paged context: attention of a decode. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AttentionBenchmark {

    static final int HEADS = 32;
    static final int KV_HEADS = 8;
    static final int HEAD_DIM = 64;

    private static final int BLOCK_SIZE = 32;
    private static final AttentionSpec SPEC =
            new AttentionSpec(HEADS, KV_HEADS, HEAD_DIM, 1f / (float) Math.sqrt(HEAD_DIM));

    @Param({"128", "1024", "4096"})
    private int context;

    @Param({"F16", "F32"})
    private String cache;

    private Kernels kernels;
    private Side scalar;
    private Side vector;

    /** What one backend has. */
    private record Side(
            Backend backend, KvStore store, AttentionMetadata metadata, Matrix q, Matrix out) {

        void run() {
            backend.attention(q, store, 0, SPEC, metadata, 1, out);
        }
    }

    /** Fills the caches and compares the backends. */
    @Setup(Level.Trial)
    public void setUp() {
        kernels = new Kernels();
        float[] keys = kernels.normal(context * KV_HEADS * HEAD_DIM, 1);
        float[] values = kernels.normal(context * KV_HEADS * HEAD_DIM, 1);
        float[] query = kernels.normal(HEADS * HEAD_DIM, 1);
        scalar = side(kernels.scalar(), keys, values, query);
        vector = side(kernels.vector(), keys, values, query);
        scalar.run();
        vector.run();
        Kernels.requireClose(scalar.out, vector.out, HEADS * HEAD_DIM, "attention");
    }

    private Side side(Backend backend, float[] keys, float[] values, float[] query) {
        int numBlocks = Math.ceilDiv(context, BLOCK_SIZE);
        KvLayerSpec layer = new KvLayerSpec(KV_HEADS, HEAD_DIM, DType.valueOf(cache));
        KvStore store = backend.allocateKv(new KvSpec(List.of(layer), BLOCK_SIZE, numBlocks));
        backend.writeKv(
                store,
                0,
                Kernels.matrix(backend, KV_HEADS * HEAD_DIM, keys),
                Kernels.matrix(backend, KV_HEADS * HEAD_DIM, values),
                Kernels.index(backend, IntStream.range(0, context).toArray()),
                context);
        AttentionMetadata metadata =
                new AttentionMetadata(
                        Kernels.index(backend, 0, 1),
                        Kernels.index(backend, context),
                        Kernels.index(backend, IntStream.range(0, numBlocks).toArray()),
                        numBlocks);
        metadata.commit(1);
        return new Side(
                backend,
                store,
                metadata,
                Kernels.matrix(backend, HEADS * HEAD_DIM, query),
                Kernels.zeros(backend, 1, HEADS * HEAD_DIM));
    }

    /** Releases the caches. */
    @TearDown(Level.Trial)
    public void tearDown() {
        scalar.store.close();
        vector.store.close();
        kernels.close();
    }

    /** The reference. */
    @Benchmark
    public Matrix scalar() {
        scalar.run();
        return scalar.out;
    }

    /** The kernel. */
    @Benchmark
    public Matrix vector() {
        vector.run();
        return vector.out;
    }
}
