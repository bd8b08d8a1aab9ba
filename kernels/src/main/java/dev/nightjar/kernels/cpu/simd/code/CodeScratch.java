package dev.nightjar.kernels.cpu.simd.code;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import dev.nightjar.kernels.cpu.simd.layout.SixBitQuads;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;

/** A thread's memory for products of integer codes: what two groups of rows are decoded into. */
public final class CodeScratch {

    /** Rows of two groups. */
    public static final int ROWS = 2 * GroupLayout.ROWS;

    /**
     * Columns of {@link #panel}: 64 KiB of a second-level cache, or half of a small first-level
     * one.
     */
    public static final int COLS = VectorShapes.BITS == 512 ? 512 : 256;

    /** Columns of {@link #wholes}. */
    public static final int WHOLE_COLS = 256;

    /** A column of the panel, in ints of two codes. */
    static final int COLUMN_INTS = ROWS / 2;

    /** Weights of a row that share a factor. */
    static final int BLOCK = QuantizedTiles.BLOCK;

    /** Fewer of them, in formats whose scales are whole numbers. */
    static final int RUN = 16;

    /**
     * Blocks of {@link RunPlan#COUNT} that are summed before they are scaled and added: calls cost
     * as much as some dozen columns. Not more, because going back to scales interrupts the stream
     * that is read ahead: with eight, memory is read at 19 instead of 24 GB/s.
     */
    static final int TOGETHER = 2;

    /** {@link GroupLayout#WORD_BYTES}, but not a constant to the compiler. */
    int wordStep = GroupLayout.WORD_BYTES;

    /** What was read ahead, so that it is read. */
    int touched;

    /**
     * Codes around zero, {@code [COLS, ROWS]} of 16 bits. In each vector even lanes are rows, odd
     * lanes the rows that follow those, so that a sum is widened by shifts alone.
     */
    final int[] panel = new int[COLS * COLUMN_INTS];

    /** Codes times scales in floats, {@code [WHOLE_COLS, GroupLayout.ROWS]}. */
    final float[] wholes = new float[WHOLE_COLS * GroupLayout.ROWS];

    /** Factor of a code, {@code [COLS / 32, ROWS]}, or of a whole number, by group. */
    final float[] factors = new float[Math.max(COLS, WHOLE_COLS) / BLOCK * ROWS];

    /** Minima, {@code [COLS / 32, ROWS]}, whole numbers; only in formats that have them. */
    final float[] minima = new float[COLS / BLOCK * ROWS];

    /**
     * Sums of a tile over some blocks, {@code [TOGETHER, MAX, ROWS]} of 16 bits in the order of the
     * panel, or of up to two rows over the runs of some blocks. No segment: where segments of heap
     * and native memory have been seen, each store asks which it is.
     */
    final int[] sums =
            new int
                    [Math.max(
                            CodeTiles.TOGETHER * CodeTiles.MAX * COLUMN_INTS,
                            TOGETHER * RunPlan.COUNT / RUN * GroupLayout.ROWS)];

    /** Codes of a super-block of a group as {@link SixBitQuads}. */
    final int[] quads = new int[SixBitQuads.INTS];

    /** Scales of runs that are whole numbers, {@code [RunPlan.COUNT / 16, GroupLayout.ROWS]}. */
    final float[] scales = new float[RunPlan.COUNT / RUN * GroupLayout.ROWS];

    /** What scales of super-blocks are multiples of, of one group or of the panel's two. */
    final float[] halves = new float[TOGETHER * ROWS];

    /** What minima of super-blocks are multiples of, in the same way. */
    final float[] offsets = new float[TOGETHER * ROWS];

    /** Products of a group with up to two rows of activations. */
    public final float[] products = new float[2 * GroupLayout.ROWS];
}
