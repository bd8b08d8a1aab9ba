package dev.nightjar.engine.format;

/**
 * Multi-head latent attention (DeepSeek-V2, arXiv 2405.04434): keys and values are projected from
 * one low-rank vector per token, which is what the cache keeps, beside a rotary part of the key.
 *
 * @param queryRank rank of the query projection; 0 if it is one full matrix
 * @param kvRank width of the latent vector
 * @param nopeHeadDim elements of each query and key head that carry no position
 * @param ropeHeadDim elements of each query and key head that are rotated
 * @param valueHeadDim elements of each value head
 */
public record LatentAttention(
        int queryRank, int kvRank, int nopeHeadDim, int ropeHeadDim, int valueHeadDim) {}
