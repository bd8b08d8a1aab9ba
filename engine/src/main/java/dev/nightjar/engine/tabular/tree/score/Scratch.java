package dev.nightjar.engine.tabular.tree.score;

import dev.nightjar.kernels.tree.TreeKernel;

/** What scoring a block of rows works in; for one thread at a time. */
final class Scratch {
    private static final int ROWS = TreeKernel.BLOCK_ROWS;

    /** [columns, rows], or [columns] of one row. */
    final short[] keys;

    /** [rows] of a tree, or [trees] of a row. */
    final short[] exits;

    /** As {@link #exits}, the nodes that were reached. */
    final int[] nodes;

    /** [rows, leafWidth] what a tree adds, where it is not looked up. */
    final double[] values;

    /** [outputs, rows], one of the two. */
    final float[] floatSums;

    final double[] doubleSums;

    /** For the kernel. */
    final short[] work = new short[TreeKernel.WORK_SIZE];

    /**
     * Arrays for an ensemble.
     *
     * @param numColumns the most of a part
     */
    Scratch(int numColumns, int numTrees, int numOutputs, int leafWidth, boolean isFloat) {
        // Splits that no tree asked for look at column 0, even if there is none.
        keys = new short[Math.max(1, numColumns) * ROWS];
        exits = new short[Math.max(ROWS, numTrees)];
        nodes = new int[exits.length];
        values = new double[ROWS * leafWidth];
        floatSums = new float[isFloat ? numOutputs * ROWS : 0];
        doubleSums = new double[isFloat ? 0 : numOutputs * ROWS];
    }
}
