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
 * <p>In {@link DType#Q8_0} e is 1 and scales, halves, precede the codes of keys and of values:
 * {@code [ceil(D / 32)][P]} and {@code [ceil(Dv / 32)][P]}. In {@link DType#F16}, and for those
 * scales, magnitudes beyond 65,504 become 65,504, and {@link #isLost} knows slots with a NaN, which
 * vector kernels cannot tell from a number.
 *
 * <p>Memory is committed in groups of {@value #BLOCKS_PER_GROUP} blocks when a block of the group
 * is first written, and occupied page by page, so an idle server stays small, and no step waits for
 * zeros that it does not need. Blocks are reused without being cleared: what lies behind the tokens
 * of a sequence is arbitrary. Writing is for one thread at a time per block; {@link #commit} for
 * one thread at all.
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
    private final LostNumbers[] lost;
    private long committedBytes;

    /**
     * Reserves nothing yet.
     *
     * @throws dev.nightjar.kernels.backend.UnsupportedDTypeException if a layer's element type is
     *     none of F32, F16, BF16 and Q8_0
     */
    public CpuKvStore(KvSpec spec) {
        this.spec = spec;
        layerStart = new long[spec.layers().size()];
        keysBytes = new long[layerStart.length];
        headBytes = new long[layerStart.length];
        lost = new LostNumbers[layerStart.length];
        long bytes = 0;
        for (int layer = 0; layer < layerStart.length; layer++) {
            KvLayerSpec layerSpec = spec.layers().get(layer);
            KvElements.requireKnown(layerSpec.dtype());
            layerStart[layer] = bytes;
            lost[layer] = new LostNumbers();
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
            groups[group] = LargePages.allocate(arena, blocks * blockBytes + SLACK_BYTES);
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
        int keyDim = layerSpec.headDim();
        int valueDim = layerSpec.valueDim();
        int block = slot / spec.blockSize();
        int token = slot % spec.blockSize();
        MemorySegment target = segment(block);
        boolean areNumbers = true;
        for (int head = 0; head < layerSpec.numKvHeads(); head++) {
            long keys = keysStart(block, layer, head);
            int from = kStart + head * keyDim;
            areNumbers &= write(layer, target, keys, token, 1, spec.blockSize(), k, from, keyDim);
            long values = valuesStart(block, layer, head);
            from = vStart + head * valueDim;
            areNumbers &= write(layer, target, values, token, valueDim, 1, v, from, valueDim);
        }
        lost[layer].note(slot, areNumbers);
    }

    /** Element {@code d} goes to index {@code token * tokenStride + d * stride}. */
    private boolean write(
            int layer,
            MemorySegment target,
            long start,
            int token,
            int tokenStride,
            int stride,
            float[] source,
            int from,
            int dim) {
        DType dtype = spec.layers().get(layer).dtype();
        if (dtype == DType.Q8_0) {
            long scales = start + 2L * token;
            long codes = start + scaleBytes(dim) + (long) token * tokenStride;
            long scaleStride = 2L * spec.blockSize();
            return KvElements.storeQuantized(
                    target, scales, scaleStride, codes, stride, source, from, dim);
        }
        long bytes = dtype.blockBytes();
        long to = start + token * tokenStride * bytes;
        return KvElements.store(dtype, target, to, stride * bytes, source, from, dim);
    }

    /** Whether any slot of a layer {@link #isLost}. */
    public boolean hasLost(int layer) {
        return !lost[layer].isEmpty();
    }

    /** Whether a slot's keys or values hold a NaN that their type does not show. */
    public boolean isLost(int layer, int slot) {
        return lost[layer].contains(slot);
    }

    /** Bytes of the scales before the codes of one head's keys or values. */
    private long scaleBytes(int dim) {
        return 2L * spec.blockSize() * Math.ceilDiv(dim, SCALE_RUN);
    }

    /** Element {@code d} of the key of a token; slow, for the reference. */
    public float key(int block, int layer, int kvHead, int token, int d) {
        long index = (long) d * spec.blockSize() + token;
        int dim = spec.layers().get(layer).headDim();
        return read(layer, segment(block), keysStart(block, layer, kvHead), index, token, d, dim);
    }

    /** Element {@code d} of the value of a token; slow, for the reference. */
    public float value(int block, int layer, int kvHead, int token, int d) {
        int dim = spec.layers().get(layer).valueDim();
        long index = (long) token * dim + d;
        return read(layer, segment(block), valuesStart(block, layer, kvHead), index, token, d, dim);
    }

    private float read(
            int layer, MemorySegment source, long start, long index, int token, int d, int dim) {
        DType dtype = spec.layers().get(layer).dtype();
        if (dtype == DType.Q8_0) {
            long scale = start + 2L * (d / SCALE_RUN * spec.blockSize() + token);
            return KvElements.loadQuantized(source, scale, start + scaleBytes(dim) + index);
        }
        return KvElements.load(dtype, source, start + index * dtype.blockBytes());
    }

    /** Copies the first {@code numTokens} tokens of a block in all layers. */
    public void copy(int fromBlock, int toBlock, int numTokens) {
        Objects.checkFromIndexSize(0, numTokens, spec.blockSize());
        commit(toBlock);
        int from = fromBlock * spec.blockSize();
        for (int layer = 0; layer < layerStart.length; layer++) {
            lost[layer].copy(from, toBlock * spec.blockSize(), numTokens);
            for (int head = 0; head < spec.layers().get(layer).numKvHeads(); head++) {
                copyHead(layer, head, fromBlock, toBlock, numTokens);
            }
        }
    }

    private void copyHead(int layer, int head, int fromBlock, int toBlock, int numTokens) {
        KvLayerSpec layerSpec = spec.layers().get(layer);
        boolean hasScales = layerSpec.dtype() == DType.Q8_0;
        long elementBytes = hasScales ? 1 : layerSpec.dtype().blockBytes();
        MemorySegment source = segment(fromBlock);
        MemorySegment target = segment(toBlock);
        long from = keysStart(fromBlock, layer, head);
        long to = keysStart(toBlock, layer, head);
        if (hasScales) {
            int runs = Math.ceilDiv(layerSpec.headDim(), SCALE_RUN);
            copyRows(source, from, target, to, runs, 2, numTokens);
            from += scaleBytes(layerSpec.headDim());
            to += scaleBytes(layerSpec.headDim());
        }
        copyRows(source, from, target, to, layerSpec.headDim(), elementBytes, numTokens);
        from = valuesStart(fromBlock, layer, head);
        to = valuesStart(toBlock, layer, head);
        if (hasScales) {
            int runs = Math.ceilDiv(layerSpec.valueDim(), SCALE_RUN);
            copyRows(source, from, target, to, runs, 2, numTokens);
            from += scaleBytes(layerSpec.valueDim());
            to += scaleBytes(layerSpec.valueDim());
        }
        long valueBytes = elementBytes * numTokens * layerSpec.valueDim();
        MemorySegment.copy(source, from, target, to, valueBytes);
    }

    /** The first tokens of each of {@code count} rows of a whole block's tokens. */
    private void copyRows(
            MemorySegment source,
            long from,
            MemorySegment target,
            long to,
            int count,
            long elementBytes,
            int numTokens) {
        long stride = elementBytes * spec.blockSize();
        for (int row = 0; row < count; row++, from += stride, to += stride) {
            MemorySegment.copy(source, from, target, to, elementBytes * numTokens);
        }
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
