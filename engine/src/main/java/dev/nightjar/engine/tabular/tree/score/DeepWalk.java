package dev.nightjar.engine.tabular.tree.score;

import dev.nightjar.engine.tabular.tree.TreeEnsemble;

/**
 * The way from the exits of the upper levels to the leaves: eight rows, or eight trees of one row,
 * at a time, without a branch on what is found. A node is one long:
 *
 * <pre>
 * 63 … 48  key of the threshold, signed
 * 47 … 32  column
 * 31 …  0  left child; its right child is next
 * </pre>
 *
 * <p>A leaf is its own left child, and everything goes left there, so that those who arrive early
 * wait for the others.
 *
 * @see TreeEnsemble
 */
final class DeepWalk {
    private static final int LANES = 8;

    private DeepWalk() {}

    static long leaf(int node) {
        return split(Short.MAX_VALUE, 0, node);
    }

    static long split(short key, int column, int leftChild) {
        return (long) key << 48 | (long) column << 32 | leftChild;
    }

    /**
     * Moves on to leaves.
     *
     * @param depth the most levels that are left
     * @param keys [columns, stride]
     * @param step 1 if each place is another row's, 0 if all are one row's
     * @param at [from, to) nodes, replaced by the leaves below them
     */
    static void walk(
            long[] nodes,
            int depth,
            short[] keys,
            int stride,
            int step,
            int[] at,
            int from,
            int to) {
        int i = from;
        int row = 0;
        for (; i + LANES <= to; i += LANES) {
            walkEight(nodes, depth, keys, stride, row, step, at, i);
            row += step * LANES;
        }
        for (; i < to; i++) {
            at[i] = walkOne(nodes, depth, keys, stride, row, at[i]);
            row += step;
        }
    }

    private static int walkOne(
            long[] nodes, int depth, short[] keys, int stride, int row, int start) {
        int at = start;
        for (int d = 0; d < depth; d++) {
            at = step(nodes[at], keys, stride, row);
        }
        return at;
    }

    private static void walkEight(
            long[] nodes,
            int depth,
            short[] keys,
            int stride,
            int row,
            int step,
            int[] at,
            int from) {
        int a0 = at[from];
        int a1 = at[from + 1];
        int a2 = at[from + 2];
        int a3 = at[from + 3];
        int a4 = at[from + 4];
        int a5 = at[from + 5];
        int a6 = at[from + 6];
        int a7 = at[from + 7];
        long before = 0;
        for (int d = 0; d < depth; d++) {
            // Children stand behind their parents, so the sum grows with every move.
            long sum = (long) a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7;
            if (sum == before) {
                break;
            }
            before = sum;
            a0 = step(nodes[a0], keys, stride, row);
            a1 = step(nodes[a1], keys, stride, row + step);
            a2 = step(nodes[a2], keys, stride, row + 2 * step);
            a3 = step(nodes[a3], keys, stride, row + 3 * step);
            a4 = step(nodes[a4], keys, stride, row + 4 * step);
            a5 = step(nodes[a5], keys, stride, row + 5 * step);
            a6 = step(nodes[a6], keys, stride, row + 6 * step);
            a7 = step(nodes[a7], keys, stride, row + 7 * step);
        }
        at[from] = a0;
        at[from + 1] = a1;
        at[from + 2] = a2;
        at[from + 3] = a3;
        at[from + 4] = a4;
        at[from + 5] = a5;
        at[from + 6] = a6;
        at[from + 7] = a7;
    }

    private static int step(long node, short[] keys, int stride, int row) {
        int key = keys[((int) (node >>> 32) & 0xffff) * stride + row];
        return (int) node + ((int) (node >> 48) - key >>> 31);
    }
}
