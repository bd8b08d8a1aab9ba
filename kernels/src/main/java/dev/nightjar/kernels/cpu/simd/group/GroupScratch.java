package dev.nightjar.kernels.cpu.simd.group;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.SixBitQuads;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A thread's memory for decoding groups. */
public final class GroupScratch {

    /**
     * {@link GroupLayout#WORD_BYTES}, but not a constant to the compiler: it leaves a loop with an
     * unknown step in one piece, and memory is then prefetched up to twice as well.
     */
    int wordStep = GroupLayout.WORD_BYTES;

    /** Bytes of a column of {@link GroupLayout#isByColumn}, no constant either. */
    int columnStep = GroupLayout.ROWS;

    /** Columns of {@link #panel}: 128 KiB, a part of the second-level cache. */
    public static final int PANEL_COLS = 1024;

    /** Most columns of a panel that is read where it lies. */
    public static final int MOST_COLS = 4 * PANEL_COLS;

    private static final long CACHE_LINE = 64;

    /**
     * Decoded weights {@code [cols, ROWS]}, outside of the heap to begin with a cache line: a
     * vector in a heap array lies across two, and stores then cost twice.
     */
    public final MemorySegment panel =
            Arena.ofAuto().allocate((long) PANEL_COLS * GroupLayout.WORD_BYTES, CACHE_LINE);

    /** Products of two groups with one row of activations. */
    public final float[] sums = new float[2 * GroupLayout.ROWS];

    /** Floats of {@link #scales} for one group. */
    static final int SCALES = 16 * 2 * GroupLayout.ROWS;

    /** Factors of the rows, then their offsets, for each run of codes; for two groups. */
    final float[] scales = new float[2 * SCALES];

    /** Codes of six bits. */
    final int[] quads = new int[SixBitQuads.INTS];
}
