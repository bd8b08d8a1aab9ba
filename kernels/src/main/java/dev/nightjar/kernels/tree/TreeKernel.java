package dev.nightjar.kernels.tree;

/** Finds the exits of a block of rows in one tree; safe for use by several threads. */
public interface TreeKernel {
    /** Rows of a block. */
    int BLOCK_ROWS = 128;

    /** Elements of what a call needs to work in. */
    int WORK_SIZE = 8 * BLOCK_ROWS;

    /** What it is called in logs and tests. */
    String name();

    /**
     * Writes the exit of each row.
     *
     * @param keys [columns, BLOCK_ROWS], readable for all rows of a block
     * @param numRows how many rows there are; what is written behind them means nothing
     * @param exits [BLOCK_ROWS]
     * @param work [WORK_SIZE], for this call alone
     */
    void exits(TreeTops tops, int tree, short[] keys, int numRows, short[] exits, short[] work);
}
