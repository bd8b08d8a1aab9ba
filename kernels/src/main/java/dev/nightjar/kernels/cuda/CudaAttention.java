package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RelativeBias;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cuda.driver.CudaLaunch;
import dev.nightjar.kernels.tensor.DType;
import java.util.Locale;
import java.util.Optional;

/** Attention over the paged cache and over whole sequences. */
final class CudaAttention {

    /** Positions that one block takes in a piece; part of the bits of a result, see the kernel. */
    static final int SPAN = 512;

    private static final int THREADS = 128;
    private static final int WARPS = 4;
    private static final int MAX_VALUE_DIM = 512;

    /** So many blocks per multiprocessor keep a device busy. */
    private static final int ENOUGH_BLOCKS = 4;

    private final CudaDispatch dispatch;
    private final DeviceScratch scratch;

    CudaAttention(CudaDispatch dispatch) {
        this.dispatch = dispatch;
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
        int spans = spans(metadata, T, spec.numHeads());
        long rows = (long) T * spec.numHeads() * spans;
        long states = spans == 1 ? 0 : scratch.reserve(rows * (2 + spec.valueDim()) * Float.BYTES);
        long partial = states + 2 * rows * Float.BYTES;
        DType dtype = store.spec().layers().get(layer).dtype();
        CudaLaunch launch = dispatch.of("attention_" + dtype.name().toLowerCase(Locale.ROOT));
        CudaDispatch.add(launch, q, T);
        addCache(launch, store, layer, metadata);
        addSpec(launch, spec);
        launch.number(SPAN).wide(states).wide(partial);
        CudaDispatch.add(launch, out, T)
                .run(T, spec.numHeads(), spans, THREADS, shared(spec.headDim(), spec.valueDim()));
        if (spans > 1) {
            launch =
                    dispatch.of("merge_spans")
                            .wide(states)
                            .wide(partial)
                            .number(spans)
                            .number(spec.numHeads())
                            .number(spec.valueDim())
                            .wide(perHead(spec.sinks(), spec));
            CudaDispatch.add(launch, out, T).run(T, spec.numHeads(), 1, THREADS, 0);
        }
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
    private int spans(AttentionMetadata metadata, int T, int heads) {
        int longest = 0;
        for (int s = 0; s < metadata.numSequences(); s++) {
            longest = Math.max(longest, metadata.contextLength().host()[s]);
        }
        long enough = (long) ENOUGH_BLOCKS * dispatch.context().device().multiprocessors();
        return (long) T * heads >= enough ? 1 : Math.max(1, Math.ceilDiv(longest, SPAN));
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
