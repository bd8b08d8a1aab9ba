package dev.nightjar.bench.kernel;

import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.tensor.DType;
import java.util.Collections;
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

/**
 * One query of 32 heads on 8 key/value heads over a paged context: attention of a decode, which
 * goes through more layers than the caches hold.
 */
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

    @Param({"1024", "4096"})
    private int context;

    /** Of the caches of all layers together, at least. */
    @Param("128")
    private int mebibytes;

    @Param({"F16", "F32"})
    private String cache;

    private Kernels kernels;
    private Side scalar;
    private Side vector;
    private int layer;

    /** What one backend has. */
    private record Side(
            Backend backend, KvStore store, AttentionMetadata metadata, Matrix q, Matrix out) {

        void run(int layer) {
            backend.attention(q, store, layer, SPEC, metadata, 1, out);
        }

        int numLayers() {
            return store.spec().layers().size();
        }
    }

    /** Fills the caches and compares the backends. */
    @Setup(Level.Trial)
    public void setUp() {
        kernels = new Kernels();
        float[] keys = kernels.normal(context * KV_HEADS * HEAD_DIM, 1);
        float[] values = kernels.normal(context * KV_HEADS * HEAD_DIM, 1);
        float[] query = kernels.normal(HEADS * HEAD_DIM, 1);
        KvLayerSpec spec = new KvLayerSpec(KV_HEADS, HEAD_DIM, DType.valueOf(cache));
        int layers =
                Math.toIntExact(
                        Math.ceilDiv((long) mebibytes << 20, context * spec.bytesPerToken()));
        scalar = side(kernels.scalar(), List.of(spec), keys, values, query);
        vector = side(kernels.vector(), Collections.nCopies(layers, spec), keys, values, query);
        scalar.run(0);
        vector.run(0);
        Kernels.requireClose(scalar.out, vector.out, HEADS * HEAD_DIM, "attention");
    }

    private Side side(
            Backend backend,
            List<KvLayerSpec> layers,
            float[] keys,
            float[] values,
            float[] query) {
        int numBlocks = Math.ceilDiv(context, BLOCK_SIZE);
        KvStore store = backend.allocateKv(new KvSpec(layers, BLOCK_SIZE, numBlocks));
        Matrix k = Kernels.matrix(backend, KV_HEADS * HEAD_DIM, keys);
        Matrix v = Kernels.matrix(backend, KV_HEADS * HEAD_DIM, values);
        IndexBuffer slots = Kernels.index(backend, IntStream.range(0, context).toArray());
        for (int i = 0; i < layers.size(); i++) {
            backend.writeKv(store, i, k, v, slots, context);
        }
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
        scalar.run(0);
        return scalar.out;
    }

    /** The kernel. */
    @Benchmark
    public Matrix vector() {
        layer = (layer + 1) % vector.numLayers();
        vector.run(layer);
        return vector.out;
    }
}
