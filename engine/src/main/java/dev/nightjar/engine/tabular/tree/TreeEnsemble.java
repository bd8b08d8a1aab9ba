package dev.nightjar.engine.tabular.tree;

import java.util.Map;

/**
 * Trees as flat arrays, breadth-first in each tree, the two children of a split side by side. What
 * a tree means is defined by {@link #leaf}: {@code x <= threshold} goes left, a missing value to
 * the default side, a category by its bit. Immutable.
 *
 * <pre>
 * roots    [trees]        first node of each tree
 * groups   [trees]        output that a tree adds to, if leaves are single numbers
 * feature  [nodes]        feature of a split
 * left     [nodes]        left child of a split, its right child next; ~leaf of a leaf
 * rules    [nodes]        flags, see below
 * leaves   [leaves, leafWidth]
 * </pre>
 *
 * <p>The arrays are handed out as they are, for those who score and explain, and must not be
 * changed.
 */
public final class TreeEnsemble {
    static final int DEFAULT_LEFT = 1;
    static final int CATEGORY = 2;
    static final int EQUAL = 4;
    static final int OUTSIDE_LEFT = 8;
    static final int TRUNCATED_FIRST = 16;
    static final int MISSING_SHIFT = 5;
    private static final Missing[] MISSING = Missing.values();

    final int numFeatures;
    final int numOutputs;
    final int leafWidth;
    final int[] roots;
    final int[] groups;
    final int[] depths;
    final int[] feature;
    final double[] threshold;
    final int[] left;
    final byte[] rules;
    final double[] cover;
    final int[] setStart;
    final int[] setSize;
    final long[] sets;
    final double[] leaves;
    final int[] leafLabels;
    final Map<Integer, LinearLeaf> linear;
    private final boolean[] areNumeric;

    TreeEnsemble(TreeEnsembleBuilder builder) {
        numFeatures = builder.numFeatures;
        numOutputs = builder.numOutputs;
        leafWidth = builder.leafWidth;
        roots = builder.roots.toArray();
        groups = builder.groups.toArray();
        depths = builder.depths.toArray();
        feature = builder.feature.toArray();
        threshold = builder.threshold.toArray();
        left = builder.left.toArray();
        rules = builder.rules();
        cover = builder.cover.toArray();
        setStart = builder.setStart.toArray();
        setSize = builder.setSize.toArray();
        sets = builder.sets();
        leaves = builder.leaves.toArray();
        leafLabels = builder.leafLabels.toArray();
        linear = Map.copyOf(builder.linear);
        areNumeric = numericTrees();
    }

    /** How many features a row has. */
    public int numFeatures() {
        return numFeatures;
    }

    /** How many scores a row gets. */
    public int numOutputs() {
        return numOutputs;
    }

    /** How many trees. */
    public int numTrees() {
        return roots.length;
    }

    /** How many numbers a leaf has: 1, or one an output. */
    public int leafWidth() {
        return leafWidth;
    }

    /** The first node of each tree. */
    public int[] roots() {
        return roots;
    }

    /** The output that each tree adds to, if leaves are single numbers. */
    public int[] groups() {
        return groups;
    }

    /** The most splits on the way to a leaf of each tree. */
    public int[] depths() {
        return depths;
    }

    /** The feature of each node that is a split. */
    public int[] feature() {
        return feature;
    }

    /** The threshold of each node that is a split by one; NaN if nothing goes left. */
    public double[] threshold() {
        return threshold;
    }

    /** The left child of each split, its right child next; ~leaf of each leaf. */
    public int[] left() {
        return left;
    }

    /** The weight of the training rows that reached each node. */
    public double[] cover() {
        return cover;
    }

    /** What leaves add, [leaves, leafWidth]. */
    public double[] leaves() {
        return leaves;
    }

    /** The number of each leaf as the library reports it. */
    public int[] leafLabels() {
        return leafLabels;
    }

    /** The leaves that are functions. */
    public Map<Integer, LinearLeaf> linear() {
        return linear;
    }

    /** By what the sum of an output's leaves is divided for their mean. */
    public int treesPerOutput() {
        return leafWidth == 1 ? Math.max(1, roots.length / numOutputs) : roots.length;
    }

    /** How many nodes, leaves included. */
    public int numNodes() {
        return left.length;
    }

    /** How many leaves. */
    public int numLeaves() {
        return leafLabels.length;
    }

    /** The most splits on the way to a leaf. */
    public int maxDepth() {
        int max = 0;
        for (int depth : depths) {
            max = Math.max(max, depth);
        }
        return max;
    }

    /** The node behind a tree's last one. */
    public int end(int tree) {
        return tree + 1 < roots.length ? roots[tree + 1] : left.length;
    }

    /** Whether a node is a split by a threshold. */
    public boolean isNumeric(int node) {
        return left[node] >= 0 && (rules[node] & (CATEGORY | EQUAL)) == 0;
    }

    /** Whether every split of a tree is by a threshold and every leaf a constant. */
    public boolean isNumericTree(int tree) {
        return areNumeric[tree];
    }

    private boolean[] numericTrees() {
        boolean[] areAll = new boolean[roots.length];
        for (int t = 0; t < roots.length; t++) {
            boolean isAll = true;
            for (int i = roots[t]; i < end(t); i++) {
                isAll &= left[i] < 0 ? !linear.containsKey(~left[i]) : isNumeric(i);
            }
            areAll[t] = isAll;
        }
        return areAll;
    }

    /** The leaf that a row reaches in a tree. */
    public int leaf(int tree, double[] row, int offset) {
        int node = roots[tree];
        while (left[node] >= 0) {
            node = left[node] + (goesLeft(node, row[offset + feature[node]]) ? 0 : 1);
        }
        return ~left[node];
    }

    /** Where a value goes at a split. */
    public boolean goesLeft(int node, double x) {
        int rule = rules[node];
        if ((rule & (CATEGORY | EQUAL)) != 0) {
            return (rule & CATEGORY) != 0 ? isCategoryLeft(node, x) : isEqualLeft(node, x);
        }
        Missing missing = missing(node);
        if (missing.isMissing(x)) {
            return isDefaultLeft(node);
        }
        return (Double.isNaN(x) ? 0 : x) <= threshold[node];
    }

    /** Which values count as missing at a split. */
    public Missing missing(int node) {
        return MISSING[rules[node] >> MISSING_SHIFT];
    }

    /** Where missing values go at a split. */
    public boolean isDefaultLeft(int node) {
        return (rules[node] & DEFAULT_LEFT) != 0;
    }

    private boolean isEqualLeft(int node, double x) {
        return Double.isNaN(x) ? isDefaultLeft(node) : x == threshold[node];
    }

    private boolean isCategoryLeft(int node, double x) {
        if (Double.isNaN(x)) {
            return isDefaultLeft(node);
        }
        double bound = (rules[node] & TRUNCATED_FIRST) != 0 ? -1 : 0;
        boolean isOutside =
                bound < 0 ? x <= bound || x >= setSize[node] : x < 0 || x >= setSize[node];
        if (isOutside) {
            return (rules[node] & OUTSIDE_LEFT) != 0;
        }
        int category = (int) x;
        return (sets[setStart[node] + (category >> 6)] >>> category & 1) != 0;
    }

    /** What a leaf adds to its output {@code k} of {@code leafWidth}. */
    public double value(int leaf, int k, double[] row, int offset) {
        double constant = leaves[leaf * leafWidth + k];
        if (linear.isEmpty()) {
            return constant;
        }
        LinearLeaf function = linear.get(leaf);
        return function == null ? constant : function.value(row, offset, constant);
    }
}
