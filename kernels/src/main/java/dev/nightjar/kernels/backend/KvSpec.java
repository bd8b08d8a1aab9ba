package dev.nightjar.kernels.backend;

import dev.nightjar.kernels.tensor.DType;
import java.util.List;

/**
 * A paged key/value pool: {@code numBlocks} blocks of {@code blockSize} tokens, each block spanning
 * all layers. Slot {@code s} is token {@code s % blockSize} of block {@code s / blockSize}.
 *
 * @param layers one entry per layer
 * @param blockSize P, tokens per block
 * @param numBlocks B, blocks in the pool
 */
public record KvSpec(List<KvLayerSpec> layers, int blockSize, int numBlocks) {

    /** Copies the list and checks the sizes. */
    public KvSpec {
        layers = List.copyOf(layers);
        if (layers.isEmpty() || blockSize <= 0 || numBlocks <= 0) {
            throw new IllegalArgumentException(
                    "a KV pool needs layers, blockSize > 0 and numBlocks > 0, found %d layers,"
                                    .formatted(layers.size())
                            + " blockSize %d, numBlocks %d".formatted(blockSize, numBlocks));
        }
    }

    /** A pool of these layers with elements of one type. */
    public static KvSpec of(List<KvLayerSpec> layers, DType dtype, int blockSize, int numBlocks) {
        return new KvSpec(
                layers.stream().map(layer -> layer.withDtype(dtype)).toList(),
                blockSize,
                numBlocks);
    }

    /** Bytes of one block over all layers. */
    public long blockBytes() {
        long perToken = layers.stream().mapToLong(KvLayerSpec::bytesPerToken).sum();
        return Math.multiplyExact(perToken, (long) blockSize);
    }
}
