package dev.nightjar.kernels.cuda;

/** Blocks and shared memory of attention, as native/cuda/attend.cuh and attend_tensor.cuh say. */
final class AttentionTiles {

    static final int THREADS = 128;

    private static final int WARPS = 4;
    private static final int MAX_VALUE_DIM = 512;
    private static final int ROWS = 64;
    private static final int POSITIONS = 32;
    private static final int PITCH_PADDING = 8;

    /** Elements of values that kernels on tensor cores have room for. */
    private static final int[] WIDTHS = {64, 128, 256};

    /** Shared memory that a block can have on every device from capability 8.0 on. */
    private static final int MOST_SHARED_BYTES = 99 << 10;

    private AttentionTiles() {}

    /** Whether tensor cores can take heads of that size. */
    static boolean fit(int keyDim, int valueDim) {
        return valueDim <= WIDTHS[WIDTHS.length - 1]
                && bytes(keyDim, valueDim) <= MOST_SHARED_BYTES;
    }

    /** The kernel with room for the values; they must fit. */
    static int width(int valueDim) {
        int i = 0;
        while (WIDTHS[i] < valueDim) {
            i++;
        }
        return WIDTHS[i];
    }

    /** Bytes of the tiles on tensor cores. */
    static int bytes(int keyDim, int valueDim) {
        long keyPitch = Math.ceilDiv(keyDim, 16) * 16L + PITCH_PADDING;
        long values = Math.ceilDiv(valueDim, 8) * 8L * (POSITIONS + PITCH_PADDING);
        return (int)
                Math.min(Integer.MAX_VALUE, Short.BYTES * ((ROWS + POSITIONS) * keyPitch + values));
    }

    /** Blocks for so many rows per token on tensor cores; some may find nothing to do. */
    static int blocks(int T, int rowsPerToken, int numSequences) {
        return Math.toIntExact((long) T * rowsPerToken / ROWS + numSequences);
    }

    /** Bytes of a block that computes exactly. */
    static int exactBytes(int keyDim, int valueDim) {
        return Float.BYTES * (keyDim + THREADS + 2 * WARPS + (WARPS + 1) * valueDim);
    }

    static void requireValueDim(int valueDim) {
        if (valueDim > MAX_VALUE_DIM) {
            throw new IllegalArgumentException(
                    "attention on a GPU has values of up to %d elements, found %d"
                            .formatted(MAX_VALUE_DIM, valueDim));
        }
    }
}
