package dev.nightjar.kernels.backend;

import dev.nightjar.kernels.tensor.DType;

/**
 * What one layer keeps per token.
 *
 * @param numKvHeads K, key/value heads
 * @param headDim D, elements per head of keys
 * @param valueDim elements per head of values, usually D
 * @param dtype element type of the cache
 */
public record KvLayerSpec(int numKvHeads, int headDim, int valueDim, DType dtype) {

    /** Values as wide as keys. */
    public KvLayerSpec(int numKvHeads, int headDim, DType dtype) {
        this(numKvHeads, headDim, headDim, dtype);
    }

    /** Elements of a head that share one scale in {@link DType#Q8_0}; the last run may be short. */
    public static final int SCALE_RUN = 32;

    /** Bytes of keys and values per token. */
    public long bytesPerToken() {
        return Math.multiplyExact((long) numKvHeads, keyBytes() + valueBytes());
    }

    /** Bytes of one key. */
    public long keyBytes() {
        return bytes(headDim);
    }

    /** Bytes of one value. */
    public long valueBytes() {
        return bytes(valueDim);
    }

    /** A byte per element and a half per run of them, or what elements of the type take. */
    private long bytes(long dim) {
        return dtype == DType.Q8_0 ? dim + 2 * Math.ceilDiv(dim, SCALE_RUN) : dtype.bytesFor(dim);
    }

    /** The same layer with elements of another type. */
    public KvLayerSpec withDtype(DType newDtype) {
        return new KvLayerSpec(numKvHeads, headDim, valueDim, newDtype);
    }
}
