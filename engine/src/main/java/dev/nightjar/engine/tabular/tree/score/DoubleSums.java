package dev.nightjar.engine.tabular.tree.score;

import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.TreeEnsemble;
import dev.nightjar.kernels.tree.TreeKernel;
import java.util.Arrays;

/** Sums of 64 bits. */
final class DoubleSums implements LeafSums {
    private static final int ROWS = TreeKernel.BLOCK_ROWS;

    private final TreeEnsemble trees;
    private final double[] base;
    private final boolean isMean;
    private final int numExits;
    private final int[] groups;

    /** [trees, exits], or empty if leaves are vectors or trees go on below. */
    private final double[] exitValues;

    /** [nodes], or empty if exit values are enough, or leaves are vectors. */
    private final double[] nodeValues;

    DoubleSums(TreeEnsemble trees, Scoring scoring, PackedTrees packed) {
        this.trees = trees;
        base = scoring.base();
        isMean = scoring.aggregation() == Aggregation.AVERAGE;
        numExits = packed.tops.numExits();
        groups = trees.groups();
        boolean isNumber = trees.leafWidth() == 1;
        exitValues = new double[isNumber && !packed.isDeep() ? packed.exitNodes.length : 0];
        nodeValues = new double[isNumber && packed.isDeep() ? trees.numNodes() : 0];
        for (int i = 0; i < exitValues.length; i++) {
            exitValues[i] = value(packed.exitNodes[i]);
        }
        for (int i = 0; i < nodeValues.length; i++) {
            nodeValues[i] = value(i);
        }
    }

    /** The number at a node, anything if it is no leaf. */
    private double value(int node) {
        int left = trees.left()[node];
        return left < 0 ? trees.leaves()[~left] : 0;
    }

    @Override
    public void begin(Scratch scratch, int numRows) {
        for (int k = 0; k < trees.numOutputs(); k++) {
            double first = isMean ? 0 : base[k];
            Arrays.fill(scratch.doubleSums, k * ROWS, k * ROWS + numRows, first);
        }
    }

    @Override
    public void addExits(Scratch scratch, int tree, int numRows) {
        add(
                scratch.doubleSums,
                groups[tree] * ROWS,
                exitValues,
                tree * numExits,
                scratch.exits,
                numRows);
    }

    private static void add(
            double[] sums, int to, double[] values, int from, short[] exits, int numRows) {
        for (int r = 0; r < numRows; r++) {
            sums[to + r] += values[from + exits[r]];
        }
    }

    @Override
    public void addNodes(Scratch scratch, int tree, int numRows) {
        int[] nodes = scratch.nodes;
        double[] sums = scratch.doubleSums;
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
                sums[k * ROWS + r] += trees.leaves()[leaf * width + k];
            }
        }
    }

    @Override
    public void addValues(Scratch scratch, int tree, int numRows) {
        int width = trees.leafWidth();
        for (int r = 0; r < numRows; r++) {
            for (int k = 0; k < width; k++) {
                int to = (width == 1 ? groups[tree] : k) * ROWS + r;
                double sum = scratch.doubleSums[to] + scratch.values[r * width + k];
                scratch.doubleSums[to] = sum;
            }
        }
    }

    @Override
    public void addExitsOfRow(Scratch scratch, int from, int to) {
        double[] sums = scratch.doubleSums;
        if (trees.numOutputs() == 1) {
            sums[0] = sum(sums[0], exitValues, numExits, scratch.exits, from, to);
            return;
        }
        for (int t = from; t < to; t++) {
            sums[groups[t] * ROWS] += exitValues[t * numExits + scratch.exits[t]];
        }
    }

    private static double sum(
            double first, double[] values, int numExits, short[] exits, int from, int to) {
        double sum = first;
        for (int t = from; t < to; t++) {
            sum += values[t * numExits + exits[t]];
        }
        return sum;
    }

    @Override
    public void addNodesOfRow(Scratch scratch, int from, int to) {
        for (int t = from; t < to; t++) {
            scratch.doubleSums[groups[t] * ROWS] += nodeValues[scratch.nodes[t]];
        }
    }

    @Override
    public void finish(Scratch scratch, int numRows, double[] scores, int at) {
        int outputs = trees.numOutputs();
        for (int k = 0; k < outputs; k++) {
            for (int r = 0; r < numRows; r++) {
                double sum = scratch.doubleSums[k * ROWS + r];
                scores[at + r * outputs + k] = isMean ? mean(sum, base[k]) : sum;
            }
        }
    }

    private double mean(double sum, double first) {
        double mean = (sum / trees.treesPerOutput());
        return mean + first;
    }
}
