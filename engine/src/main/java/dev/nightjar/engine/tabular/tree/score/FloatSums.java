package dev.nightjar.engine.tabular.tree.score;

import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.TreeEnsemble;
import dev.nightjar.kernels.tree.TreeKernel;
import java.util.Arrays;

/** Sums of 32 bits. */
final class FloatSums implements LeafSums {
    private static final int ROWS = TreeKernel.BLOCK_ROWS;

    private final TreeEnsemble trees;
    private final double[] base;
    private final boolean isMean;
    private final int numExits;
    private final int[] groups;

    /** [trees, exits], or empty if leaves are vectors or trees go on below. */
    private final float[] exitValues;

    /** [nodes], or empty if exit values are enough, or leaves are vectors. */
    private final float[] nodeValues;

    FloatSums(TreeEnsemble trees, Scoring scoring, PackedTrees packed) {
        this.trees = trees;
        base = scoring.base();
        isMean = scoring.aggregation() == Aggregation.AVERAGE;
        numExits = packed.tops.numExits();
        groups = trees.groups();
        boolean isNumber = trees.leafWidth() == 1;
        exitValues = new float[isNumber && !packed.isDeep() ? packed.exitNodes.length : 0];
        nodeValues = new float[isNumber && packed.isDeep() ? trees.numNodes() : 0];
        for (int i = 0; i < exitValues.length; i++) {
            exitValues[i] = value(packed.exitNodes[i]);
        }
        for (int i = 0; i < nodeValues.length; i++) {
            nodeValues[i] = value(i);
        }
    }

    /** The number at a node, anything if it is no leaf. */
    private float value(int node) {
        int left = trees.left()[node];
        return left < 0 ? (float) trees.leaves()[~left] : 0;
    }

    /** Whether all that is added is held by 32 bits. */
    static boolean canHold(TreeEnsemble trees, Scoring scoring) {
        return Arrays.stream(trees.leaves()).allMatch(x -> isHeld(x))
                && Arrays.stream(scoring.base()).allMatch(x -> isHeld(x));
    }

    private static boolean isHeld(double x) {
        return x != x || (float) x == x;
    }

    @Override
    public void begin(Scratch scratch, int numRows) {
        for (int k = 0; k < trees.numOutputs(); k++) {
            float first = isMean ? 0 : (float) base[k];
            Arrays.fill(scratch.floatSums, k * ROWS, k * ROWS + numRows, first);
        }
    }

    @Override
    public void addExits(Scratch scratch, int tree, int numRows) {
        add(
                scratch.floatSums,
                groups[tree] * ROWS,
                exitValues,
                tree * numExits,
                scratch.exits,
                numRows);
    }

    private static void add(
            float[] sums, int to, float[] values, int from, short[] exits, int numRows) {
        for (int r = 0; r < numRows; r++) {
            sums[to + r] += values[from + exits[r]];
        }
    }

    @Override
    public void addNodes(Scratch scratch, int tree, int numRows) {
        int[] nodes = scratch.nodes;
        float[] sums = scratch.floatSums;
        int width = trees.leafWidth();
        if (width == 1) {
            int to = groups[tree] * ROWS;
            for (int r = 0; r < numRows; r++) {
                sums[to + r] += nodeValues[nodes[r]];
            }
            return;
        }
        for (int r = 0; r < numRows; r++) {
            int leaf = ~trees.left()[nodes[r]];
            for (int k = 0; k < width; k++) {
                sums[k * ROWS + r] += (float) trees.leaves()[leaf * width + k];
            }
        }
    }

    @Override
    public void addValues(Scratch scratch, int tree, int numRows) {
        int width = trees.leafWidth();
        for (int r = 0; r < numRows; r++) {
            for (int k = 0; k < width; k++) {
                int to = (width == 1 ? groups[tree] : k) * ROWS + r;
                double sum = scratch.floatSums[to] + scratch.values[r * width + k];
                scratch.floatSums[to] = (float) sum;
            }
        }
    }

    @Override
    public void addExitsOfRow(Scratch scratch, int from, int to) {
        float[] sums = scratch.floatSums;
        if (trees.numOutputs() == 1) {
            sums[0] = sum(sums[0], exitValues, numExits, scratch.exits, from, to);
            return;
        }
        for (int t = from; t < to; t++) {
            sums[groups[t] * ROWS] += exitValues[t * numExits + scratch.exits[t]];
        }
    }

    private static float sum(
            float first, float[] values, int numExits, short[] exits, int from, int to) {
        float sum = first;
        for (int t = from; t < to; t++) {
            sum += values[t * numExits + exits[t]];
        }
        return sum;
    }

    @Override
    public void addNodesOfRow(Scratch scratch, int from, int to) {
        for (int t = from; t < to; t++) {
            scratch.floatSums[groups[t] * ROWS] += nodeValues[scratch.nodes[t]];
        }
    }

    @Override
    public void finish(Scratch scratch, int numRows, double[] scores, int at) {
        int outputs = trees.numOutputs();
        for (int k = 0; k < outputs; k++) {
            for (int r = 0; r < numRows; r++) {
                float sum = scratch.floatSums[k * ROWS + r];
                scores[at + r * outputs + k] = isMean ? mean(sum, base[k]) : sum;
            }
        }
    }

    private double mean(double sum, double first) {
        float mean = (float) (sum / trees.treesPerOutput());
        return (float) (mean + first);
    }
}
