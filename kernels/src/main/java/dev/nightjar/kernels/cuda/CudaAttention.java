package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RelativeBias;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cuda.driver.CudaLaunch;
import java.util.Locale;
import java.util.Optional;

/**
 * Attention over the paged cache and over whole sequences. Over the cache it runs on tensor cores
 * unless exact activations are asked for or heads are too large; a model's heads and the option
 * decide alone, so that a row's bits tell neither its neighbours nor where a prompt was cut.
 */
final class CudaAttention {

    /** Positions that one block takes in a piece; part of the bits of a result, see the kernel. */
    static final int SPAN = 512;

    private static final int THREADS = 128;
    private static final int WARPS = 4;
    private static final int MAX_VALUE_DIM = 512;

    /** So many blocks per multiprocessor keep a device busy. */
    private static final int ENOUGH_BLOCKS = 4;

    private static final int TILE_ROWS = 64;
    private static final int TILE_POSITIONS = 32;
    private static final int PITCH_PADDING = 8;
    private static final int SMALL_VALUE_DIM = 128;
    private static final int LARGE_VALUE_DIM = 256;

    /** Shared memory that a block can have on every device from capability 8.0 on. */
    private static final int MOST_SHARED_BYTES = 99 << 10;

    /** Partial results of spans take no more than this. */
    private static final long MOST_SCRATCH_BYTES = 64 << 20;

    private final CudaDispatch dispatch;
    private final DeviceScratch scratch;
    private final boolean isExact;

    CudaAttention(CudaDispatch dispatch, ActivationPrecision activations) {
        this.dispatch = dispatch;
        isExact = activations == ActivationPrecision.EXACT;
        scratch = new DeviceScratch(dispatch.memory());
    }

    void run(
            Matrix q,
            CudaKvStore store,
            int layer,
            AttentionSpec spec,
            AttentionMetadata metadata,
            int T,
            Matrix out) {
        store.requireAttention(layer, spec, q, out);
        requireValueDim(spec.valueDim());
        boolean onTensorCores = !isExact && fitsTensorCores(spec);
        int group = spec.numHeads() / spec.numKvHeads();
        int blocks = onTensorCores ? tiles(metadata, T, group) : T;
        int blocksOfHeads = onTensorCores ? spec.numKvHeads() : spec.numHeads();
        int spans = spans(metadata, T, (long) blocks * blocksOfHeads, spec);
        long rows = (long) T * spec.numHeads() * spans;
        long states = spans == 1 ? 0 : scratch.reserve(rows * stateBytes(spec));
        long partial = states + 2 * rows * Float.BYTES;
        String type = store.spec().layers().get(layer).dtype().name().toLowerCase(Locale.ROOT);
        String kernel = onTensorCores ? "attention_tensor_" + width(spec) + "_" : "attention_";
        CudaLaunch launch = dispatch.of(kernel + type);
        CudaDispatch.add(launch, q, T);
        addCache(launch, store, layer, metadata);
        addSpec(launch, spec);
        launch.number(SPAN).wide(states).wide(partial);
        int shared = onTensorCores ? tensorShared(spec) : shared(spec.headDim(), spec.valueDim());
        CudaDispatch.add(launch, out, T).run(blocks, blocksOfHeads, spans, THREADS, shared);
        if (spans > 1) {
            mergeSpans(spec, spans, states, partial, T, out);
        }
    }

    private void mergeSpans(
            AttentionSpec spec, int spans, long states, long partial, int T, Matrix out) {
        CudaLaunch launch =
                dispatch.of("merge_spans")
                        .wide(states)
                        .wide(partial)
                        .number(spans)
                        .number(spec.numHeads())
                        .number(spec.valueDim())
                        .wide(perHead(spec.sinks(), spec));
        CudaDispatch.add(launch, out, T).run(T, spec.numHeads(), 1, THREADS, 0);
    }

    private static boolean fitsTensorCores(AttentionSpec spec) {
        return spec.valueDim() <= LARGE_VALUE_DIM && tensorShared(spec) <= MOST_SHARED_BYTES;
    }

    /** The kernel with room for the values. */
    private static int width(AttentionSpec spec) {
        return spec.valueDim() <= SMALL_VALUE_DIM ? SMALL_VALUE_DIM : LARGE_VALUE_DIM;
    }

    /** Bytes of the tiles of native/cuda/attention_tensor.cu. */
    private static int tensorShared(AttentionSpec spec) {
        long keyPitch = Math.ceilDiv(spec.headDim(), 16) * 16L + PITCH_PADDING;
        long values = Math.ceilDiv(spec.valueDim(), 8) * 8L * (TILE_POSITIONS + PITCH_PADDING);
        long elements = (TILE_ROWS + TILE_POSITIONS) * keyPitch + values;
        return (int) Math.min(Integer.MAX_VALUE, Short.BYTES * elements);
    }

    /** Blocks for the pairs of token and query head of one KV head; some may find nothing to do. */
    private static int tiles(AttentionMetadata metadata, int T, int group) {
        return Math.toIntExact((long) T * group / TILE_ROWS + metadata.numSequences());
    }

    private static long stateBytes(AttentionSpec spec) {
        return (2L + spec.valueDim()) * Float.BYTES;
    }

    private static void addCache(
            CudaLaunch launch, CudaKvStore store, int layer, AttentionMetadata metadata) {
        CudaKvStore.Layer at = store.layer(layer);
        launch.wide(at.keys())
                .wide(at.keyBytes())
                .wide(at.values())
                .wide(at.valueBytes())
                .wide(CudaArguments.index(metadata.queryStart()).address())
                .wide(CudaArguments.index(metadata.contextLength()).address())
                .number(metadata.numSequences())
                .wide(CudaArguments.index(metadata.blockTables()).address())
                .number(metadata.maxBlocks())
                .number(store.spec().blockSize());
    }

    private static void addSpec(CudaLaunch launch, AttentionSpec spec) {
        launch.number(spec.numHeads())
                .number(spec.numKvHeads())
                .number(spec.headDim())
                .number(spec.valueDim())
                .real(spec.scale())
                .number(spec.window())
                .real(spec.softCap())
                .wide(perHead(spec.slopes(), spec))
                .wide(perHead(spec.sinks(), spec));
    }

    /** The address of values per head; 0, null for the kernel, if there are none. */
    private static long perHead(Optional<Weight> values, AttentionSpec spec) {
        return values.isEmpty() ? 0 : CudaArguments.vector(values.get(), spec.numHeads());
    }

    /** Blocks that share a row: as many as its spans where rows alone leave the device idle. */
    private int spans(AttentionMetadata metadata, int T, long blocks, AttentionSpec spec) {
        int spans = spans(metadata);
        long enough = (long) ENOUGH_BLOCKS * dispatch.context().device().multiprocessors();
        long bytes = (long) T * spec.numHeads() * spans * stateBytes(spec);
        return blocks >= enough || bytes > MOST_SCRATCH_BYTES ? 1 : spans;
    }

    /**
     * Spans of the longest context, rounded up to a power of two so that a graph serves many steps.
     * Empty ones change no bit.
     */
    static int spans(AttentionMetadata metadata) {
        int longest = 1;
        for (int s = 0; s < metadata.numSequences(); s++) {
            longest = Math.max(longest, metadata.contextLength().host()[s]);
        }
        int spans = Math.ceilDiv(longest, SPAN);
        return spans == 1 ? 1 : 2 * Integer.highestOneBit(spans - 1);
    }

    void runSelf(
            Matrix q,
            Matrix k,
            Matrix v,
            SelfAttentionSpec spec,
            IndexBuffer starts,
            int numSequences,
            int T,
            Matrix out) {
        CpuMatrices.requireCols("q", q, spec.cols());
        CpuMatrices.requireCols("k", k, spec.cols());
        CpuMatrices.requireCols("v", v, spec.cols());
        CpuMatrices.requireCols("out", out, spec.cols());
        CpuMatrices.requireStarts(starts.host(), numSequences, T);
        requireValueDim(spec.headDim());
        CudaLaunch launch = dispatch.of("self_attention");
        CudaDispatch.add(launch, q, T);
        CudaDispatch.add(launch, k, T);
        CudaDispatch.add(launch, v, T)
                .wide(CudaArguments.index(starts).address())
                .number(numSequences)
                .number(spec.headDim())
                .real(spec.scale())
                .number(spec.window() < T ? spec.window() : 0);
        addBias(launch, spec);
        CudaDispatch.add(launch, out, T)
                .run(T, spec.numHeads(), 1, THREADS, shared(spec.headDim(), spec.headDim()));
    }

    private static void addBias(CudaLaunch launch, SelfAttentionSpec spec) {
        if (spec.bias().isEmpty()) {
            launch.wide(0).wide(0).number(0);
            return;
        }
        RelativeBias bias = spec.bias().get();
        CudaDispatch.add(launch, bias.table(), spec.numHeads()).number(bias.reach());
    }

    private static void requireValueDim(int valueDim) {
        if (valueDim > MAX_VALUE_DIM) {
            throw new IllegalArgumentException(
                    "attention on a GPU has values of up to %d elements, found %d"
                            .formatted(MAX_VALUE_DIM, valueDim));
        }
    }

    /** Bytes of AttendShared in native/cuda/attend.cuh. */
    private static int shared(int keyDim, int valueDim) {
        return Float.BYTES * (keyDim + THREADS + 2 * WARPS + (WARPS + 1) * valueDim);
    }
}
