package dev.nightjar.kernels.tree;

/**
 * The exits of a single row in many trees: eight trees at a time, so that the processor waits for
 * eight of them at once, without a branch on what is found.
 */
public final class RowWalk {
    private static final int TREES = 8;

    private RowWalk() {}

    /**
     * Writes the exit in each tree from {@code from} to before {@code to}.
     *
     * @param keys [columns] of the row
     * @param exits [trees]
     */
    public static void exits(TreeTops tops, int from, int to, short[] keys, short[] exits) {
        int[] columns = tops.columns();
        int[] thresholds = tops.thresholds();
        int places = tops.places();
        int t = from;
        for (; t + TREES <= to; t += TREES) {
            if (tops.levels() == TreeTops.GROUP_LEVELS) {
                eightOfThree(columns, thresholds, t * places, keys, exits, t);
            } else {
                eightOfSix(columns, thresholds, t * places, keys, exits, t);
            }
        }
        for (; t < to; t++) {
            int base = t * places;
            int exit = group(columns, thresholds, base, keys);
            if (tops.levels() > TreeTops.GROUP_LEVELS) {
                exit = exit << 3 | group(columns, thresholds, below(base, exit), keys);
            }
            exits[t] = (short) exit;
        }
    }

    private static void eightOfThree(
            int[] columns, int[] thresholds, int base, short[] keys, short[] exits, int to) {
        for (int i = 0; i < TREES; i++) {
            exits[to + i] = (short) group(columns, thresholds, base + 8 * i, keys);
        }
    }

    private static void eightOfSix(
            int[] columns, int[] thresholds, int base, short[] keys, short[] exits, int to) {
        int e0 = group(columns, thresholds, base, keys);
        int e1 = group(columns, thresholds, base + 64, keys);
        int e2 = group(columns, thresholds, base + 128, keys);
        int e3 = group(columns, thresholds, base + 192, keys);
        int e4 = group(columns, thresholds, base + 256, keys);
        int e5 = group(columns, thresholds, base + 320, keys);
        int e6 = group(columns, thresholds, base + 384, keys);
        int e7 = group(columns, thresholds, base + 448, keys);
        e0 = e0 << 3 | group(columns, thresholds, below(base, e0), keys);
        e1 = e1 << 3 | group(columns, thresholds, below(base + 64, e1), keys);
        e2 = e2 << 3 | group(columns, thresholds, below(base + 128, e2), keys);
        e3 = e3 << 3 | group(columns, thresholds, below(base + 192, e3), keys);
        e4 = e4 << 3 | group(columns, thresholds, below(base + 256, e4), keys);
        e5 = e5 << 3 | group(columns, thresholds, below(base + 320, e5), keys);
        e6 = e6 << 3 | group(columns, thresholds, below(base + 384, e6), keys);
        e7 = e7 << 3 | group(columns, thresholds, below(base + 448, e7), keys);
        exits[to] = (short) e0;
        exits[to + 1] = (short) e1;
        exits[to + 2] = (short) e2;
        exits[to + 3] = (short) e3;
        exits[to + 4] = (short) e4;
        exits[to + 5] = (short) e5;
        exits[to + 6] = (short) e6;
        exits[to + 7] = (short) e7;
    }

    private static int below(int base, int exit) {
        return base + TreeTops.GROUP_SPLITS * (exit + 1);
    }

    private static int group(int[] columns, int[] thresholds, int at, short[] keys) {
        int split = step(columns, thresholds, at, 0, keys);
        split = step(columns, thresholds, at, split, keys);
        return step(columns, thresholds, at, split, keys) - TreeTops.GROUP_SPLITS;
    }

    private static int step(int[] columns, int[] thresholds, int at, int split, short[] keys) {
        int key = keys[columns[at + split]];
        return 2 * split + 1 + ((thresholds[at + split] >> 16) - key >>> 31);
    }
}
