package dev.nightjar.engine.tabular.tree.score;

import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.TreeEnsemble;

/**
 * Raw scores of blocks of rows: a tree stays in the cache while a block goes through it, eight rows
 * at a time, without a branch on what is found. A node is one long:
 *
 * <pre>
 * 63 … 32  key of the threshold, signed
 * 31 … 16  column
 * 15 …  0  left child, counted from the tree's root; its right child is next
 * </pre>
 *
 * <p>A leaf is its own left child, and everything goes left there, so that rows that arrive early
 * wait for the others.
 */
final class BlockScorer implements Scorer {
    private static final int MAX_INDEX = 1 << 16;
    private static final int BLOCK = 64;
    private static final int LANES = 8;

    /** Levels that are walked before it is first asked whether all rows have arrived. */
    private static final int SURE_LEVELS = 6;

    private final TreeEnsemble trees;
    private final KeyColumns columns;
    private final long[] nodes;
    private final double[] base;
    private final boolean isFloat;
    private final boolean isMean;
    private final double[] values;

    BlockScorer(TreeEnsemble trees, Scoring scoring) {
        this.trees = trees;
        columns = new KeyColumns(trees, scoring.input());
        base = scoring.base();
        isFloat = scoring.sum() == Precision.FLOAT;
        isMean = scoring.aggregation() == Aggregation.AVERAGE;
        nodes = new long[trees.numNodes()];
        values = new double[trees.leafWidth() == 1 ? trees.numNodes() : 0];
        for (int t = 0; t < trees.numTrees(); t++) {
            pack(trees.roots()[t], end(t));
        }
    }

    private int end(int tree) {
        return tree + 1 < trees.numTrees() ? trees.roots()[tree + 1] : trees.numNodes();
    }

    private void pack(int root, int end) {
        for (int i = root; i < end; i++) {
            boolean isLeaf = trees.left()[i] < 0;
            long key = isLeaf ? KeyColumns.ALWAYS : columns.key(trees, i);
            long column = isLeaf ? 0 : columns.number(trees, i);
            long left = (isLeaf ? i : trees.left()[i]) - root;
            nodes[i] = key << 32 | column << 16 | left;
            if (isLeaf && values.length > 0) {
                values[i] = trees.leaves()[~trees.left()[i]];
            }
        }
    }

    /** Whether an ensemble's trees can be packed this way. */
    static boolean fits(TreeEnsemble trees, Scoring scoring) {
        if (!trees.isPlain()
                || scoring.aggregation() == Aggregation.MIN
                || scoring.aggregation() == Aggregation.MAX) {
            return false;
        }
        for (int t = 0; t < trees.numTrees(); t++) {
            int end = t + 1 < trees.numTrees() ? trees.roots()[t + 1] : trees.numNodes();
            if (end - trees.roots()[t] > MAX_INDEX) {
                return false;
            }
        }
        // Each feature has at most six columns: three rules, two sides.
        return trees.numFeatures() <= MAX_INDEX / 6;
    }

    @Override
    public void score(double[] rows, int from, int to, double[] scores) {
        int stride = Math.max(1, columns.size());
        int[] keys = new int[Math.min(BLOCK, to - from) * stride];
        int[] reached = new int[BLOCK];
        for (int r = from; r < to; r += BLOCK) {
            int numRows = Math.min(BLOCK, to - r);
            columns.write(rows, r, numRows, keys);
            begin(r, numRows, scores);
            for (int t = 0; t < trees.numTrees(); t++) {
                walk(t, keys, stride, numRows, reached);
                if (trees.leafWidth() == 1) {
                    addNumbers(t, reached, numRows, scores, r * trees.numOutputs());
                } else {
                    addVectors(reached, numRows, scores, r * trees.numOutputs());
                }
            }
            finish(r, numRows, scores);
        }
    }

    private void begin(int row, int numRows, double[] scores) {
        int outputs = trees.numOutputs();
        for (int i = 0; i < numRows * outputs; i++) {
            scores[row * outputs + i] = isMean ? 0 : base[i % outputs];
        }
    }

    private void finish(int row, int numRows, double[] scores) {
        if (!isMean) {
            return;
        }
        int outputs = trees.numOutputs();
        for (int i = 0; i < numRows * outputs; i++) {
            double mean = rounded(scores[row * outputs + i] / trees.treesPerOutput());
            scores[row * outputs + i] = rounded(mean + base[i % outputs]);
        }
    }

    private double rounded(double x) {
        return isFloat ? (float) x : x;
    }

    private void addNumbers(int tree, int[] reached, int numRows, double[] scores, int at) {
        int outputs = trees.numOutputs();
        int output = at + trees.groups()[tree];
        if (isFloat) {
            for (int r = 0; r < numRows; r++) {
                int i = output + r * outputs;
                scores[i] = (float) (scores[i] + values[reached[r]]);
            }
        } else {
            for (int r = 0; r < numRows; r++) {
                scores[output + r * outputs] += values[reached[r]];
            }
        }
    }

    private void addVectors(int[] reached, int numRows, double[] scores, int at) {
        int width = trees.leafWidth();
        for (int r = 0; r < numRows; r++) {
            int leaf = ~trees.left()[reached[r]];
            for (int k = 0; k < width; k++) {
                int i = at + r * width + k;
                scores[i] = rounded(scores[i] + trees.leaves()[leaf * width + k]);
            }
        }
    }

    /** Finds the leaf of each row, as the number of a node. */
    private void walk(int tree, int[] keys, int stride, int numRows, int[] reached) {
        int root = trees.roots()[tree];
        int depth = trees.depths()[tree];
        int r = 0;
        for (; r + LANES <= numRows; r += LANES) {
            walkEight(nodes, root, depth, keys, r * stride, stride, reached, r);
        }
        for (; r < numRows; r++) {
            reached[r] = root + walkOne(nodes, root, depth, keys, r * stride);
        }
    }

    private static int walkOne(long[] nodes, int root, int depth, int[] keys, int offset) {
        int at = 0;
        for (int d = 0; d < depth; d++) {
            int next = step(nodes[root + at], keys, offset);
            if (next == at) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private static void walkEight(
            long[] nodes,
            int root,
            int depth,
            int[] keys,
            int o0,
            int stride,
            int[] reached,
            int to) {
        int o1 = o0 + stride;
        int o2 = o1 + stride;
        int o3 = o2 + stride;
        int o4 = o3 + stride;
        int o5 = o4 + stride;
        int o6 = o5 + stride;
        int o7 = o6 + stride;
        int a0 = 0;
        int a1 = 0;
        int a2 = 0;
        int a3 = 0;
        int a4 = 0;
        int a5 = 0;
        int a6 = 0;
        int a7 = 0;
        for (int d = 0; d < depth; d++) {
            int before = a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7;
            a0 = step(nodes[root + a0], keys, o0);
            a1 = step(nodes[root + a1], keys, o1);
            a2 = step(nodes[root + a2], keys, o2);
            a3 = step(nodes[root + a3], keys, o3);
            a4 = step(nodes[root + a4], keys, o4);
            a5 = step(nodes[root + a5], keys, o5);
            a6 = step(nodes[root + a6], keys, o6);
            a7 = step(nodes[root + a7], keys, o7);
            // Children stand behind their parents, so the sum grows with every move.
            if (d >= SURE_LEVELS && before == a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7) {
                break;
            }
        }
        reached[to] = root + a0;
        reached[to + 1] = root + a1;
        reached[to + 2] = root + a2;
        reached[to + 3] = root + a3;
        reached[to + 4] = root + a4;
        reached[to + 5] = root + a5;
        reached[to + 6] = root + a6;
        reached[to + 7] = root + a7;
    }

    /** The child that a row goes to: one more than the left child's number if its key is above. */
    private static int step(long node, int[] keys, int offset) {
        long key = keys[offset + ((int) node >>> 16)];
        return (int) (node & 0xffff) + (int) ((node >> 32) - key >>> 63);
    }
}
