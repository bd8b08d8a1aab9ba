package dev.nightjar.engine.synthetic;

import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/**
 * Random bytes of a type that are weights of usual size. A few thousand pieces are quantized from
 * normally distributed numbers; a tensor is pieces of those, drawn at random, which is as fast as
 * memory and leaves rows that differ from one another.
 */
final class RandomBlocks {

    /** What published models of these sizes are initialized with. */
    private static final float DEVIATION = 0.02f;

    /** Elements of a piece at least; larger blocks are a piece each. */
    private static final int SMALLEST_PIECE = 32;

    private static final int POOL_ELEMENTS = 1 << 17;

    private final byte[] pool;
    private final int pieceBytes;
    private final int numPieces;

    /**
     * Quantizes the pool.
     *
     * @param dtype a type that can be written
     */
    RandomBlocks(DType dtype, RandomGenerator random) {
        int pieceElements = Math.max(SMALLEST_PIECE, dtype.blockSize());
        float[] values = new float[POOL_ELEMENTS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * DEVIATION;
        }
        pieceBytes = (int) dtype.bytesFor(pieceElements);
        numPieces = POOL_ELEMENTS / pieceElements;
        pool = new byte[pieceBytes * numPieces];
        BlockFormats.of(dtype)
                .orElseThrow()
                .quantize(values, 0, values.length, MemorySegment.ofArray(pool), 0);
    }

    /** Fills the first {@code length} bytes, whole blocks, with pieces. */
    void fill(byte[] target, int length, RandomGenerator random) {
        for (int at = 0; at < length; at += pieceBytes) {
            int piece = (random.nextInt() >>> 1) % numPieces;
            System.arraycopy(
                    pool, piece * pieceBytes, target, at, Math.min(pieceBytes, length - at));
        }
    }
}
