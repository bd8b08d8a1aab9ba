package dev.nightjar.bench.kernel;

import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
 * Attention of 32 heads on 8 key/value heads over paged contexts, one after the other in a pool
 * that does not fit any cache, as each layer and step of a model finds them.
 *
 * <p>{@code queries} of 1 is a decode, of more the end of a prompt.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AttentionBenchmark {

    static final int HEADS = 32;
    static final int KV_HEADS = 8;
    static final int HEAD_DIM = 64;

    private static final int BLOCK_SIZE = 64;
    private static final int LAYERS = 16;
    private static final AttentionSpec SPEC =
            new AttentionSpec(HEADS, KV_HEADS, HEAD_DIM, 1f / (float) Math.sqrt(HEAD_DIM));

    /** Sequences, queries of each, tokens of each. */
    @Param({"1x1x128", "1x1x1024", "1x1x4096", "8x1x1024", "1x512x512", "1x512x1536"})
    private String shape;

    @Param({"F16", "Q8_0"})
    private String cache;

    /** Of keys and values in turn. */
    @Param({"300"})
    private int mebibytes;

    private Kernels kernels;
    private Side scalar;
    private Side vector;

    /** The three numbers of a shape. */
    static int[] numbers(String shape) {
        return Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
    }

    /** What one backend has: a store, and groups of sequences in it that calls take in turn. */
    private static final class Side {

        private final Backend backend;
        private final KvStore store;
        private final List<AttentionMetadata> groups;
        private final Matrix q;
        private final Matrix out;
        private final int rows;
        private int calls;

        Side(Backend backend, KvStore store, List<AttentionMetadata> groups, float[] query) {
            this.backend = backend;
            this.store = store;
            this.groups = groups;
            rows = query.length / (HEADS * HEAD_DIM);
            q = Kernels.matrix(backend, HEADS * HEAD_DIM, query);
            out = Kernels.zeros(backend, rows, HEADS * HEAD_DIM);
        }

        void run() {
            int group = calls / LAYERS % groups.size();
            backend.attention(q, store, calls % LAYERS, SPEC, groups.get(group), rows, out);
            calls++;
        }
    }

    /** Fills the caches and compares the backends. */
    @Setup(Level.Trial)
    public void setUp() {
        kernels = new Kernels();
        int[] sizes = numbers(shape);
        float[] keys = kernels.normal(BLOCK_SIZE * KV_HEADS * HEAD_DIM, 1);
        float[] values = kernels.normal(BLOCK_SIZE * KV_HEADS * HEAD_DIM, 1);
        float[] query = kernels.normal(sizes[0] * sizes[1] * HEADS * HEAD_DIM, 1);
        scalar = side(kernels.scalar(), keys, values, query, 1);
        vector = side(kernels.vector(), keys, values, query, (long) mebibytes << 20);
        scalar.run();
        vector.run();
        Kernels.requireClose(scalar.out, vector.out, query.length, "attention");
    }

    /** All blocks hold the same tokens, so it does not matter which of them a side has. */
    private Side side(
            Backend backend, float[] keys, float[] values, float[] query, long poolBytes) {
        int[] sizes = numbers(shape);
        int blocksPerGroup = sizes[0] * Math.ceilDiv(sizes[2], BLOCK_SIZE);
        List<KvLayerSpec> layers = Collections.nCopies(LAYERS, layer(cache));
        long groupBytes = new KvSpec(layers, BLOCK_SIZE, 1).blockBytes() * blocksPerGroup;
        int groups = (int) Math.max(1, Math.ceilDiv(poolBytes, groupBytes));
        int numBlocks = groups * blocksPerGroup;
        KvStore store = backend.allocateKv(new KvSpec(layers, BLOCK_SIZE, numBlocks));
        Matrix k = Kernels.matrix(backend, KV_HEADS * HEAD_DIM, keys);
        Matrix v = Kernels.matrix(backend, KV_HEADS * HEAD_DIM, values);
        for (int block = 0; block < numBlocks; block++) {
            int first = block * BLOCK_SIZE;
            var slots =
                    Kernels.index(backend, IntStream.range(first, first + BLOCK_SIZE).toArray());
            for (int layer = 0; layer < LAYERS; layer++) {
                backend.writeKv(store, layer, k, v, slots, BLOCK_SIZE);
            }
        }
        List<Integer> blocks = new ArrayList<>(IntStream.range(0, numBlocks).boxed().toList());
        Collections.shuffle(blocks, new Random(1));
        List<AttentionMetadata> metadata = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            int first = group * blocksPerGroup;
            metadata.add(metadata(backend, blocks.subList(first, first + blocksPerGroup)));
        }
        return new Side(backend, store, metadata, query);
    }

    /** What a layer keeps in a cache of this type. */
    static KvLayerSpec layer(String cache) {
        return new KvLayerSpec(KV_HEADS, HEAD_DIM, DType.valueOf(cache));
    }

    private AttentionMetadata metadata(Backend backend, List<Integer> blocks) {
        int[] sizes = numbers(shape);
        int[] starts = IntStream.rangeClosed(0, sizes[0]).map(s -> s * sizes[1]).toArray();
        int[] contexts = new int[sizes[0]];
        Arrays.fill(contexts, sizes[2]);
        AttentionMetadata metadata =
                new AttentionMetadata(
                        Kernels.index(backend, starts),
                        Kernels.index(backend, contexts),
                        Kernels.index(backend, blocks.stream().mapToInt(b -> b).toArray()),
                        blocks.size() / sizes[0]);
        metadata.commit(sizes[0]);
        return metadata;
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
