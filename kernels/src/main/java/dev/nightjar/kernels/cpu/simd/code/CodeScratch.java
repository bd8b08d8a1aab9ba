package dev.nightjar.kernels.cpu.simd.code;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A thread's memory for products of integer codes: what two groups of rows are decoded into. */
public final class CodeScratch {

    /** Rows of two groups. */
    public static final int ROWS = 2 * GroupLayout.ROWS;

    /** Columns of {@link #panel}: 64 KiB, a part of the second-level cache. */
    public static final int COLS = 512;

    /** Weights of a row that share a factor. */
    static final int BLOCK = QuantizedTiles.BLOCK;

    private static final long CACHE_LINE = 64;

    /** {@link GroupLayout#WORD_BYTES}, but not a constant to the compiler. */
    int wordStep = GroupLayout.WORD_BYTES;

    /** What was read ahead, so that it is read. */
    int touched;

    /** Bytes of three words, not a constant to the compiler. */
    int unitStep = 3 * GroupLayout.WORD_BYTES;

    /**
     * Codes around zero, {@code [COLS, ROWS]} of 16 bits. In each vector even lanes are rows, odd
     * lanes the rows that follow those, so that a sum is widened by shifts alone.
     */
    final MemorySegment panel = Arena.ofAuto().allocate(2L * COLS * ROWS, CACHE_LINE);

    /** Factor of a code, {@code [COLS / 32, ROWS]}. */
    final float[] factors = new float[COLS / BLOCK * ROWS];

    /** What code zero stands for, {@code [COLS / 32, ROWS]}; only in formats that have offsets. */
    final float[] bases = new float[COLS / BLOCK * ROWS];

    /** Sums of a tile over a block, {@code [8, ROWS]} of 16 bits in the order of the panel. */
    final MemorySegment sums = Arena.ofAuto().allocate(2L * CodeTiles.MAX * ROWS, CACHE_LINE);

    /** Products of a group with one row of activations. */
    public final float[] products = new float[GroupLayout.ROWS];
}
