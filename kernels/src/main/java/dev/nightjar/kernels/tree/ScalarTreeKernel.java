package dev.nightjar.kernels.tree;

/** The reference: row by row, split by split. */
public final class ScalarTreeKernel implements TreeKernel {

    /** The reference. */
    public ScalarTreeKernel() {}

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void exits(
            TreeTops tops, int tree, short[] keys, int numRows, short[] exits, short[] work) {
        int base = tree * tops.places();
        for (int r = 0; r < numRows; r++) {
            int exit = group(tops, base, keys, r);
            if (tops.levels() > TreeTops.GROUP_LEVELS) {
                int below = base + TreeTops.GROUP_SPLITS * (exit + 1);
                exit = exit << TreeTops.GROUP_LEVELS | group(tops, below, keys, r);
            }
            exits[r] = (short) exit;
        }
    }

    private static int group(TreeTops tops, int at, short[] keys, int row) {
        int split = 0;
        for (int level = 0; level < TreeTops.GROUP_LEVELS; level++) {
            int key = keys[tops.columns()[at + split] * BLOCK_ROWS + row];
            int threshold = (short) tops.thresholds()[at + split];
            split = 2 * split + (key > threshold ? 2 : 1);
        }
        return split - TreeTops.GROUP_SPLITS;
    }
}
