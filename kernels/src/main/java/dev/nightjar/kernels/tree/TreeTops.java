package dev.nightjar.kernels.tree;

import java.util.Arrays;

/**
 * The upper levels of decision trees, made complete: a level has a split at every place, and those
 * that no tree asks for send everything left. A row leaves by one of {@code 1 << levels} exits,
 * numbered from left to right. Filled once, then read by any thread.
 *
 * <p>A split sends a row right if its key in a column is above the split's threshold. Splits stand
 * in groups of three levels, each breadth-first:
 *
 * <pre>
 *          0
 *      1       2            three levels: one group, in 8 places a tree
 *    3   4   5   6          six levels: the upper group at 0, that below its exit e at 7 + 7e,
 *   0 1 2 3 4 5 6 7 exits                in 64 places a tree
 * </pre>
 */
public final class TreeTops {
    /** Levels of a group. */
    public static final int GROUP_LEVELS = 3;

    /** Splits of a group, and exits less one. */
    public static final int GROUP_SPLITS = 7;

    /** The most levels there are. */
    public static final int MAX_LEVELS = 6;

    /** The greatest key; a split with this threshold sends everything left. */
    public static final short NEVER_RIGHT = Short.MAX_VALUE;

    private final int levels;
    private final int[] columns;
    private final int[] thresholds;

    /**
     * Trees that send everything left.
     *
     * @param levels 3 or 6
     */
    public TreeTops(int numTrees, int levels) {
        if (levels != GROUP_LEVELS && levels != MAX_LEVELS) {
            throw new IllegalArgumentException("expected 3 or 6 levels, found " + levels);
        }
        this.levels = levels;
        columns = new int[Math.multiplyExact(numTrees, places())];
        thresholds = new int[columns.length];
        Arrays.fill(thresholds, twice(NEVER_RIGHT));
    }

    /** Sets a split: the {@code index}-th of its level, from left to right. */
    public void set(int tree, int level, int index, int column, short threshold) {
        int place = tree * places() + place(level, index);
        columns[place] = column;
        thresholds[place] = twice(threshold);
    }

    private static int place(int level, int index) {
        if (level < GROUP_LEVELS) {
            return (1 << level) - 1 + index;
        }
        int inside = level - GROUP_LEVELS;
        int group = index >> inside;
        return GROUP_SPLITS * (group + 1) + (1 << inside) - 1 + (index & (1 << inside) - 1);
    }

    /** A threshold in both halves of an integer, so that it becomes a vector in one instruction. */
    private static int twice(short threshold) {
        return threshold << 16 | threshold & 0xffff;
    }

    /** How many levels: 3 or 6. */
    public int levels() {
        return levels;
    }

    /** How many exits a tree has. */
    public int numExits() {
        return 1 << levels;
    }

    /** How many places a tree takes in the arrays. */
    public int places() {
        return 1 << levels;
    }

    /** The column of each split, not to be changed. */
    public int[] columns() {
        return columns;
    }

    /** The threshold of each split in both halves of an integer, not to be changed. */
    public int[] thresholds() {
        return thresholds;
    }
}
