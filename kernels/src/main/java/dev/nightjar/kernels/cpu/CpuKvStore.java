package dev.nightjar.kernels.cpu;

import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A paged KV pool outside the heap. The keys and values that one head reads together lie together,
 * and keys are transposed so that scores of neighbouring tokens fill a vector without reductions.
 *
 * <table>
 * <caption>Bytes of a block, outermost first; e is the element size of the layer's type</caption>
 * <tr><th>level</th><th>count</th><th>bytes each</th></tr>
 * <tr><td>layer</td><td>L</td><td>K * (D + Dv) * P * e</td></tr>
 * <tr><td>KV head</td><td>K</td><td>(D + Dv) * P * e</td></tr>
 * <tr><td>keys, then values</td><td>2</td><td>D * P * e, Dv * P * e</td></tr>
 * <tr><td>keys</td><td>[D][P]</td><td>e</td></tr>
 * <tr><td>values</td><td>[P][Dv]</td><td>e</td></tr>
 * </table>
 *
 * <p>Memory is committed in groups of {@value #BLOCKS_PER_GROUP} blocks when a block of the group
 * is first written, so an idle server stays small. Blocks are reused without being cleared: what
 * lies behind the tokens of a sequence is arbitrary. Writing is for one thread at a time per block;
 * {@link #commit} for one thread at all.
 */
public final class CpuKvStore implements KvStore {

    /** Elements of a token and head that share one scale in {@link DType#Q8_0}. */
    public static final int SCALE_RUN = KvLayerSpec.SCALE_RUN;

    static final int BLOCKS_PER_GROUP = 16;

    /** Kernels read whole vectors and may go beyond the last element. */
    private static final int SLACK_BYTES = 64;

    private final KvSpec spec;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment[] groups;
    private final long[] layerStart;
    private final long[] keysBytes;
    private final long[] headBytes;
    private final long blockBytes;
    private long committedBytes;

    /**
     * Reserves nothing yet.
     *
     * @throws dev.nightjar.kernels.backend.UnsupportedDTypeException if a layer's element type is
     *     neither F32 nor F16 nor BF16
     */
    public CpuKvStore(KvSpec spec) {
        this.spec = spec;
        layerStart = new long[spec.layers().size()];
        keysBytes = new long[layerStart.length];
        headBytes = new long[layerStart.length];
        long bytes = 0;
        for (int layer = 0; layer < layerStart.length; layer++) {
            KvLayerSpec layerSpec = spec.layers().get(layer);
            KvElements.requireKnown(layerSpec.dtype());
            layerStart[layer] = bytes;
            keysBytes[layer] = layerSpec.keyBytes() * spec.blockSize();
            headBytes[layer] = keysBytes[layer] + layerSpec.valueBytes() * spec.blockSize();
            bytes = Math.addExact(bytes, layerSpec.bytesPerToken() * spec.blockSize());
        }
        blockBytes = bytes;
        groups = new MemorySegment[Math.ceilDiv(spec.numBlocks(), BLOCKS_PER_GROUP)];
    }

    /** The store behind a handle, or an error that names what was found. */
    public static CpuKvStore of(KvStore store) {
        if (store instanceof CpuKvStore cpu) {
            return cpu;
        }
        throw new IllegalArgumentException(
                "a CPU op takes a KV store that a CPU backend allocated, found "
                        + store.getClass().getName());
    }

    @Override
    public KvSpec spec() {
        return spec;
    }

    @Override
    public long committedBytes() {
        return committedBytes;
    }

    /** Makes a block writable. */
    public void commit(int block) {
        int group = group(block);
        if (groups[group] == null) {
            int blocks = Math.min(BLOCKS_PER_GROUP, spec.numBlocks() - group * BLOCKS_PER_GROUP);
            groups[group] = arena.allocate(blocks * blockBytes + SLACK_BYTES, 64);
            committedBytes += blocks * blockBytes;
        }
    }

    /**
     * The memory that holds a block, together with its neighbours.
     *
     * @throws IllegalStateException if no token was ever written near it
     */
    public MemorySegment segment(int block) {
        MemorySegment segment = groups[group(block)];
        if (segment == null) {
            throw new IllegalStateException(
                    "block %d is read before it was written; check the block tables"
                            .formatted(block));
        }
        return segment;
    }

    private int group(int block) {
        return CpuMatrices.requireIndex("block", block, spec.numBlocks()) / BLOCKS_PER_GROUP;
    }

    /** Bytes of the keys and values of one token and KV head. */
    public long headBytes(int layer) {
        return headBytes[layer] / spec.blockSize();
    }

    /** Byte offset in {@link #segment} of the keys {@code [D][P]} of a block, layer and head. */
    public long keysStart(int block, int layer, int kvHead) {
        return (block % BLOCKS_PER_GROUP) * blockBytes
                + layerStart[layer]
                + kvHead * headBytes[layer];
    }

    /** Byte offset in {@link #segment} of the values {@code [P][Dv]}. */
    public long valuesStart(int block, int layer, int kvHead) {
        return keysStart(block, layer, kvHead) + keysBytes[layer];
    }

    /** Throws unless k and v are rows of this layer's keys and values. */
    public void requireLayer(int layer, Matrix k, Matrix v) {
        KvLayerSpec layerSpec = spec.layers().get(layer);
        CpuMatrices.requireCols("k", k, layerSpec.numKvHeads() * layerSpec.headDim());
        CpuMatrices.requireCols("v", v, layerSpec.numKvHeads() * layerSpec.valueDim());
    }

    /** Throws unless the op is one of the layer and of the rows of q and out. */
    public void requireAttention(int layer, AttentionSpec attention, Matrix q, Matrix out) {
        KvLayerSpec layerSpec = spec.layers().get(layer);
        if (layerSpec.numKvHeads() != attention.numKvHeads()
                || layerSpec.headDim() != attention.headDim()
                || layerSpec.valueDim() != attention.valueDim()) {
            throw new IllegalArgumentException(
                    "layer %d of the KV store is %s, but the op runs with %s"
                            .formatted(layer, layerSpec, attention));
        }
        CpuMatrices.requireCols("q", q, attention.numHeads() * attention.headDim());
        CpuMatrices.requireCols("out", out, attention.numHeads() * attention.valueDim());
    }

    /**
     * Stores one token, k {@code [K * D]} and v {@code [K * Dv]}, in a block that was committed.
     */
    public void write(int layer, int slot, float[] k, int kStart, float[] v, int vStart) {
        KvLayerSpec layerSpec = spec.layers().get(layer);
        DType dtype = layerSpec.dtype();
        int keyDim = layerSpec.headDim();
        int valueDim = layerSpec.valueDim();
        int elementBytes = dtype.blockBytes();
        int block = slot / spec.blockSize();
        long token = slot % spec.blockSize();
        MemorySegment target = segment(block);
        for (int head = 0; head < layerSpec.numKvHeads(); head++) {
            long keys = keysStart(block, layer, head) + token * elementBytes;
            long stride = (long) spec.blockSize() * elementBytes;
            KvElements.store(dtype, target, keys, stride, k, kStart + head * keyDim, keyDim);
            long values = valuesStart(block, layer, head) + token * valueDim * elementBytes;
            int from = vStart + head * valueDim;
            KvElements.store(dtype, target, values, elementBytes, v, from, valueDim);
        }
    }

    /** Element {@code d} of the key of a token; slow, for the reference. */
    public float key(int block, int layer, int kvHead, int token, int d) {
        DType dtype = spec.layers().get(layer).dtype();
        long index = (long) d * spec.blockSize() + token;
        long offset = keysStart(block, layer, kvHead) + index * dtype.blockBytes();
        return KvElements.load(dtype, segment(block), offset);
    }

    /** Element {@code d} of the value of a token; slow, for the reference. */
    public float value(int block, int layer, int kvHead, int token, int d) {
        KvLayerSpec layerSpec = spec.layers().get(layer);
        long index = (long) token * layerSpec.valueDim() + d;
        long offset = valuesStart(block, layer, kvHead) + index * layerSpec.dtype().blockBytes();
        return KvElements.load(layerSpec.dtype(), segment(block), offset);
    }

    /** Copies the first {@code numTokens} tokens of a block in all layers. */
    public void copy(int fromBlock, int toBlock, int numTokens) {
        Objects.checkFromIndexSize(0, numTokens, spec.blockSize());
        commit(toBlock);
        for (int layer = 0; layer < layerStart.length; layer++) {
            for (int head = 0; head < spec.layers().get(layer).numKvHeads(); head++) {
                copyHead(layer, head, fromBlock, toBlock, numTokens);
            }
        }
    }

    private void copyHead(int layer, int head, int fromBlock, int toBlock, int numTokens) {
        KvLayerSpec layerSpec = spec.layers().get(layer);
        MemorySegment source = segment(fromBlock);
        MemorySegment target = segment(toBlock);
        long tokensBytes = layerSpec.dtype().bytesFor(numTokens);
        long stride = layerSpec.dtype().bytesFor(spec.blockSize());
        long from = keysStart(fromBlock, layer, head);
        long to = keysStart(toBlock, layer, head);
        for (int d = 0; d < layerSpec.headDim(); d++) {
            MemorySegment.copy(source, from + d * stride, target, to + d * stride, tokensBytes);
        }
        MemorySegment.copy(
                source,
                valuesStart(fromBlock, layer, head),
                target,
                valuesStart(toBlock, layer, head),
                tokensBytes * layerSpec.valueDim());
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
