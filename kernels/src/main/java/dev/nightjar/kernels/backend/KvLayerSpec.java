package dev.nightjar.kernels.backend;

import dev.nightjar.kernels.tensor.DType;

/**
 * What one layer keeps per token.
 *
 * @param numKvHeads K, key/value heads
 * @param headDim D, elements per head of keys and of values
 * @param dtype element type of the cache
 */
public record KvLayerSpec(int numKvHeads, int headDim, DType dtype) {

    /** Bytes of keys and values per token. */
    public long bytesPerToken() {
        return 2L * dtype.bytesFor((long) numKvHeads * headDim);
    }
}
