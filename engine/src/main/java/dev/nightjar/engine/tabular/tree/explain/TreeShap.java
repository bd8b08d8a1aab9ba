package dev.nightjar.engine.tabular.tree.explain;

import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.TreeEnsemble;
import java.util.Arrays;

/**
 * Exact Shapley values of a tree ensemble in polynomial time: Lundberg, Erion and Lee, "Consistent
 * Individualized Feature Attribution for Tree Ensembles" (arXiv 1802.03888), algorithm 2. A feature
 * that is not known takes both sides of a split, weighted by the training rows that did. O(leaves ·
 * depth²) a tree. For one thread.
 */
public final class TreeShap {
    private static final int MAX_DEPTH = 1000;

    private final TreeEnsemble trees;
    private final Scoring scoring;
    private final double scale;
    private final double[][] expected;

    /** The paths of all nodes above the current one, each behind its parent's. */
    private final int[] feature;

    private final double[] zero;
    private final double[] one;
    private final double[] weight;

    private double[] row;
    private int offset;
    private double[] contributions;
    private int at;

    /** Explanations of an ensemble. */
    public TreeShap(TreeEnsemble trees, Scoring scoring) {
        this.trees = trees;
        this.scoring = scoring;
        scale = scoring.aggregation() == Aggregation.AVERAGE ? 1.0 / trees.treesPerOutput() : 1;
        int depth = trees.maxDepth() + 2;
        int size = (depth + 1) * (depth + 2) / 2 + 1;
        feature = new int[size];
        zero = new double[size];
        one = new double[size];
        weight = new double[size];
        expected = new double[trees.numTrees()][];
        for (int t = 0; t < trees.numTrees(); t++) {
            expected[t] = expectation(t);
        }
    }

    /** Whether an ensemble holds what an explanation needs: the weight of each node. */
    public static boolean canExplain(TreeEnsemble trees, Scoring scoring) {
        if (!trees.linear().isEmpty()
                || trees.maxDepth() > MAX_DEPTH
                || scoring.aggregation() == Aggregation.MIN
                || scoring.aggregation() == Aggregation.MAX) {
            return false;
        }
        for (int i = 0; i < trees.left().length; i++) {
            int child = trees.left()[i];
            if (child >= 0 && !(trees.cover()[child] + trees.cover()[child + 1] > 0)) {
                return false;
            }
        }
        return true;
    }

    /** Adds a row's contributions: for each output those of the features, then the rest. */
    public void explain(double[] rows, int from, double[] target, int to) {
        row = rows;
        offset = from;
        contributions = target;
        at = to;
        int stride = trees.numFeatures() + 1;
        for (int k = 0; k < trees.numOutputs(); k++) {
            target[to + k * stride + trees.numFeatures()] += scoring.base()[k];
        }
        for (int t = 0; t < trees.numTrees(); t++) {
            for (int k = 0; k < trees.leafWidth(); k++) {
                int output = trees.leafWidth() == 1 ? trees.groups()[t] : k;
                target[to + output * stride + trees.numFeatures()] += scale * expected[t][k];
            }
            walk(trees.roots()[t], t, 0, 0, 1, 1, -1);
        }
    }

    private double[] expectation(int tree) {
        int root = trees.roots()[tree];
        int end = tree + 1 < trees.numTrees() ? trees.roots()[tree + 1] : trees.left().length;
        double[] means = new double[(end - root) * trees.leafWidth()];
        for (int i = end - 1; i >= root; i--) {
            for (int k = 0; k < trees.leafWidth(); k++) {
                means[(i - root) * trees.leafWidth() + k] = mean(i, k, root, means);
            }
        }
        return Arrays.copyOf(means, trees.leafWidth());
    }

    private double mean(int node, int k, int root, double[] means) {
        int child = trees.left()[node];
        if (child < 0) {
            return trees.leaves()[~child * trees.leafWidth() + k];
        }
        double left = trees.cover()[child];
        double right = trees.cover()[child + 1];
        int i = (child - root) * trees.leafWidth() + k;
        return (left * means[i] + right * means[i + trees.leafWidth()]) / (left + right);
    }

    /**
     * Goes on at a node.
     *
     * @param parent where the path of {@code length} features that led here stands
     * @param z share of the training rows that a path without the feature would follow
     * @param o 1 if the row itself goes this way, else 0
     * @param through feature of the split above
     */
    private void walk(int node, int tree, int parent, int length, double z, double o, int through) {
        int start = parent + length + 1;
        copy(parent, start, length);
        extend(start, length, z, o, through);
        int child = trees.left()[node];
        if (child < 0) {
            add(~child, tree, start, length);
            return;
        }
        int split = trees.feature()[node];
        int known = find(start, length, split);
        double inZero = 1;
        double inOne = 1;
        int depth = length;
        if (known <= length) {
            inZero = zero[start + known];
            inOne = one[start + known];
            unwind(start, length, known);
            depth--;
        }
        boolean isLeft = trees.goesLeft(node, row[offset + split]);
        double total = trees.cover()[child] + trees.cover()[child + 1];
        double left = inZero * (trees.cover()[child] / total);
        double right = inZero * (trees.cover()[child + 1] / total);
        walk(child, tree, start, depth + 1, left, isLeft ? inOne : 0, split);
        walk(child + 1, tree, start, depth + 1, right, isLeft ? 0 : inOne, split);
    }

    private int find(int start, int length, int split) {
        int known = 1;
        while (known <= length && feature[start + known] != split) {
            known++;
        }
        return known;
    }

    private void extend(int start, int length, double z, double o, int through) {
        int end = start + length;
        feature[end] = through;
        zero[end] = z;
        one[end] = o;
        weight[end] = length == 0 ? 1 : 0;
        for (int i = length - 1; i >= 0; i--) {
            weight[start + i + 1] += o * weight[start + i] * (i + 1) / (length + 1);
            weight[start + i] = z * weight[start + i] * (length - i) / (length + 1);
        }
    }

    private void unwind(int start, int length, int index) {
        double o = one[start + index];
        double z = zero[start + index];
        double next = weight[start + length];
        for (int i = length - 1; i >= 0; i--) {
            if (o != 0) {
                double before = weight[start + i];
                weight[start + i] = next * (length + 1) / ((i + 1) * o);
                next = before - weight[start + i] * z * (length - i) / (length + 1);
            } else {
                weight[start + i] = weight[start + i] * (length + 1) / (z * (length - i));
            }
        }
        for (int i = start + index; i < start + length; i++) {
            feature[i] = feature[i + 1];
            zero[i] = zero[i + 1];
            one[i] = one[i + 1];
        }
    }

    /** The sum of the weights that {@link #unwind} would leave. */
    private double unwoundSum(int start, int length, int index) {
        double o = one[start + index];
        double z = zero[start + index];
        double next = weight[start + length];
        double total = 0;
        for (int i = length - 1; i >= 0; i--) {
            if (o != 0) {
                double part = next * (length + 1) / ((i + 1) * o);
                total += part;
                next = weight[start + i] - part * z * (length - i) / (length + 1);
            } else if (z != 0) {
                total += weight[start + i] / z / ((length - i) / (double) (length + 1));
            }
        }
        return total;
    }

    private void add(int leaf, int tree, int start, int length) {
        int stride = trees.numFeatures() + 1;
        for (int i = 1; i <= length; i++) {
            double share =
                    scale * unwoundSum(start, length, i) * (one[start + i] - zero[start + i]);
            for (int k = 0; k < trees.leafWidth(); k++) {
                int output = trees.leafWidth() == 1 ? trees.groups()[tree] : k;
                double value = trees.leaves()[leaf * trees.leafWidth() + k];
                contributions[at + output * stride + feature[start + i]] += share * value;
            }
        }
    }

    private void copy(int from, int to, int count) {
        System.arraycopy(feature, from, feature, to, count);
        System.arraycopy(zero, from, zero, to, count);
        System.arraycopy(one, from, one, to, count);
        System.arraycopy(weight, from, weight, to, count);
    }
}
