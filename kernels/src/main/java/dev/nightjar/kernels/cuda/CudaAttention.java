package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.cuda.driver.CudaLaunch;
import java.util.Locale;
import java.util.Optional;

/**
 * Attention over the paged cache: on tensor cores unless exact activations are asked for or heads
 * are too large; a model's heads and the option decide alone, so that a row's bits tell neither its
 * neighbours nor where a prompt was cut.
 */
final class CudaAttention {

    /** Positions that one block takes in a piece; part of the bits of a result, see the kernel. */
    static final int SPAN = 512;

    /** So many blocks per multiprocessor keep a device busy. */
    private static final int ENOUGH_BLOCKS = 4;

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
        AttentionTiles.requireValueDim(spec.valueDim());
        boolean onTensorCores = !isExact && AttentionTiles.fit(spec.headDim(), spec.valueDim());
        int group = spec.numHeads() / spec.numKvHeads();
        int blocks = onTensorCores ? AttentionTiles.blocks(T, group, metadata.numSequences()) : T;
        int blocksOfHeads = onTensorCores ? spec.numKvHeads() : spec.numHeads();
        int spans = spans(metadata, T, (long) blocks * blocksOfHeads, spec);
        long rows = (long) T * spec.numHeads() * spans;
        long states = spans == 1 ? 0 : scratch.reserve(rows * stateBytes(spec));
        long partial = states + 2 * rows * Float.BYTES;
        String type = store.spec().layers().get(layer).dtype().name().toLowerCase(Locale.ROOT);
        String kernel =
                onTensorCores
                        ? "attention_tensor_" + AttentionTiles.width(spec.valueDim()) + "_"
                        : "attention_";
        CudaLaunch launch = dispatch.of(kernel + type);
        CudaDispatch.add(launch, q, T);
        addCache(launch, store, layer, metadata);
        addSpec(launch, spec);
        launch.number(SPAN).wide(states).wide(partial);
        int shared =
                onTensorCores
                        ? AttentionTiles.bytes(spec.headDim(), spec.valueDim())
                        : AttentionTiles.exactBytes(spec.headDim(), spec.valueDim());
        CudaDispatch.add(launch, out, T)
                .run(blocks, blocksOfHeads, spans, AttentionTiles.THREADS, shared);
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
        CudaDispatch.add(launch, out, T).run(T, spec.numHeads(), 1, AttentionTiles.THREADS, 0);
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
}
