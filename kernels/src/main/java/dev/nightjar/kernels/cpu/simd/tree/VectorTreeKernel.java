package dev.nightjar.kernels.cpu.simd.tree;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import dev.nightjar.kernels.tree.TreeKernel;
import dev.nightjar.kernels.tree.TreeTops;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A lane is a row, and all splits of a tree are compared: 63 comparisons of 16 rows, and as many
 * choices between what lies left and right, cost less than six dependent loads of each of them. The
 * rows of a column lie side by side, so nothing is gathered. A group's columns and thresholds are
 * read once for all rows of a block.
 */
public final class VectorTreeKernel implements TreeKernel {
    private static final VectorSpecies<Short> S = VectorShapes.WORDS;
    private static final int STEP = S.length();
    private static final int ROWS = BLOCK_ROWS;

    private static final ShortVector ZERO = ShortVector.broadcast(S, 0);
    private static final ShortVector ONE = ShortVector.broadcast(S, 1);
    private static final ShortVector TWO = ShortVector.broadcast(S, 2);
    private static final ShortVector THREE = ShortVector.broadcast(S, 3);
    private static final ShortVector FOUR = ShortVector.broadcast(S, 4);
    private static final ShortVector FIVE = ShortVector.broadcast(S, 5);
    private static final ShortVector SIX = ShortVector.broadcast(S, 6);
    private static final ShortVector SEVEN = ShortVector.broadcast(S, 7);

    /** A kernel for the vectors of this machine. */
    public VectorTreeKernel() {}

    @Override
    public String name() {
        return "vector-" + VectorShapes.BITS;
    }

    @Override
    public void exits(
            TreeTops tops, int tree, short[] keys, int numRows, short[] exits, short[] work) {
        int base = tree * tops.places();
        int[] columns = tops.columns();
        int[] thresholds = tops.thresholds();
        if (tops.levels() == TreeTops.GROUP_LEVELS) {
            lower(columns, thresholds, base, keys, numRows, exits, 0);
            return;
        }
        for (int e = 0; e <= TreeTops.GROUP_SPLITS; e++) {
            int at = base + TreeTops.GROUP_SPLITS * (e + 1);
            lower(columns, thresholds, at, keys, numRows, work, e * ROWS);
        }
        upper(columns, thresholds, base, keys, numRows, work, exits);
    }

    /** The exits of one group. */
    private static void lower(
            int[] columns, int[] thresholds, int at, short[] keys, int n, short[] exits, int to) {
        int c0 = columns[at] * ROWS;
        int c1 = columns[at + 1] * ROWS;
        int c2 = columns[at + 2] * ROWS;
        int c3 = columns[at + 3] * ROWS;
        int c4 = columns[at + 4] * ROWS;
        int c5 = columns[at + 5] * ROWS;
        int c6 = columns[at + 6] * ROWS;
        ShortVector t0 = threshold(thresholds, at);
        ShortVector t1 = threshold(thresholds, at + 1);
        ShortVector t2 = threshold(thresholds, at + 2);
        ShortVector t3 = threshold(thresholds, at + 3);
        ShortVector t4 = threshold(thresholds, at + 4);
        ShortVector t5 = threshold(thresholds, at + 5);
        ShortVector t6 = threshold(thresholds, at + 6);
        for (int r = 0; r < n; r += STEP) {
            ShortVector a = ZERO.blend(ONE, isRight(keys, c3 + r, t3));
            ShortVector b = TWO.blend(THREE, isRight(keys, c4 + r, t4));
            a = a.blend(b, isRight(keys, c1 + r, t1));
            ShortVector c = FOUR.blend(FIVE, isRight(keys, c5 + r, t5));
            ShortVector d = SIX.blend(SEVEN, isRight(keys, c6 + r, t6));
            c = c.blend(d, isRight(keys, c2 + r, t2));
            a.blend(c, isRight(keys, c0 + r, t0)).intoArray(exits, to + r);
        }
    }

    /**
     * The exits of a tree: the upper group decides which lower group counts.
     *
     * @param work [8, ROWS], exits of the lower groups
     */
    private static void upper(
            int[] columns,
            int[] thresholds,
            int at,
            short[] keys,
            int n,
            short[] work,
            short[] to) {
        int c0 = columns[at] * ROWS;
        int c1 = columns[at + 1] * ROWS;
        int c2 = columns[at + 2] * ROWS;
        int c3 = columns[at + 3] * ROWS;
        int c4 = columns[at + 4] * ROWS;
        int c5 = columns[at + 5] * ROWS;
        int c6 = columns[at + 6] * ROWS;
        ShortVector t0 = threshold(thresholds, at);
        ShortVector t1 = threshold(thresholds, at + 1);
        ShortVector t2 = threshold(thresholds, at + 2);
        ShortVector t3 = threshold(thresholds, at + 3);
        ShortVector t4 = threshold(thresholds, at + 4);
        ShortVector t5 = threshold(thresholds, at + 5);
        ShortVector t6 = threshold(thresholds, at + 6);
        for (int r = 0; r < n; r += STEP) {
            VectorMask<Short> m3 = isRight(keys, c3 + r, t3);
            VectorMask<Short> m4 = isRight(keys, c4 + r, t4);
            VectorMask<Short> m1 = isRight(keys, c1 + r, t1);
            ShortVector a = exit(work, r).blend(exit(work, ROWS + r), m3);
            ShortVector b = exit(work, 2 * ROWS + r).blend(exit(work, 3 * ROWS + r), m4);
            a = a.blend(b, m1);
            ShortVector p = ZERO.blend(ONE, m3).blend(TWO.blend(THREE, m4), m1);
            VectorMask<Short> m5 = isRight(keys, c5 + r, t5);
            VectorMask<Short> m6 = isRight(keys, c6 + r, t6);
            VectorMask<Short> m2 = isRight(keys, c2 + r, t2);
            ShortVector c = exit(work, 4 * ROWS + r).blend(exit(work, 5 * ROWS + r), m5);
            ShortVector d = exit(work, 6 * ROWS + r).blend(exit(work, 7 * ROWS + r), m6);
            c = c.blend(d, m2);
            ShortVector q = FOUR.blend(FIVE, m5).blend(SIX.blend(SEVEN, m6), m2);
            VectorMask<Short> m0 = isRight(keys, c0 + r, t0);
            ShortVector group = p.blend(q, m0).lanewise(VectorOperators.LSHL, 3);
            a.blend(c, m0).add(group).intoArray(to, r);
        }
    }

    private static ShortVector threshold(int[] thresholds, int at) {
        return IntVector.broadcast(VectorShapes.INTS, thresholds[at]).reinterpretAsShorts();
    }

    private static VectorMask<Short> isRight(short[] keys, int at, ShortVector threshold) {
        return ShortVector.fromArray(S, keys, at).compare(VectorOperators.GT, threshold);
    }

    private static ShortVector exit(short[] work, int at) {
        return ShortVector.fromArray(S, work, at);
    }
}
