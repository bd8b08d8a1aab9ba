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

    /** Bytes of keys and values per token. */
    public long bytesPerToken() {
        return dtype.bytesFor((long) numKvHeads * headDim)
                + dtype.bytesFor((long) numKvHeads * valueDim);
    }
}
