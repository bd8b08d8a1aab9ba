package dev.nightjar.kernels.cpu.simd.team;

/** How element-wise ops cut rows into chunks: one decode row stays on the calling thread. */
public final class RowChunks {

    /** About four microseconds of work, many times the cost of handing a chunk out. */
    private static final int CHUNK_ELEMENTS = 1 << 15;

    private RowChunks() {}

    /** Rows per chunk for rows of {@code cols} elements. */
    public static int rows(int cols) {
        return Math.max(1, CHUNK_ELEMENTS / cols);
    }
}
