package dev.nightjar.engine.format.sklearn.tree;

import dev.nightjar.engine.format.sklearn.state.NumpyArray;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.tree.Missing;
import dev.nightjar.engine.tabular.tree.NumericSplit;
import dev.nightjar.engine.tabular.tree.Tree;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The state of {@code sklearn.tree._tree.Tree}: records of nodes, and values [nodes, outputs,
 * classes]. Features are compared as floats with thresholds in double.
 */
public final class TreeState {
    private final PickledObject state;
    private final NumpyArray nodes;
    private final double[] values;
    private final int width;

    /** Reads the state of an object. */
    public TreeState(PickledObject tree) {
        state = tree.object("tree_");
        nodes = state.array("nodes");
        NumpyArray all = state.array("values");
        values = all.numbers();
        width = nodes.size() == 0 ? 0 : values.length / nodes.size();
        if (width == 0 || values.length != width * nodes.size()) {
            throw state.error("values", "expected values for each node, found others");
        }
    }

    /** Values of a node. */
    int width() {
        return width;
    }

    /** A tree whose leaves are values of this state. */
    Tree tree(int group, LeafValues leafValues) {
        double[] left = nodes.field("left_child");
        double[] right = nodes.field("right_child");
        double[] feature = nodes.field("feature");
        double[] threshold = nodes.field("threshold");
        double[] weight = nodes.field("weighted_n_node_samples");
        double[] missing =
                nodes.hasField("missing_go_to_left")
                        ? nodes.field("missing_go_to_left")
                        : new double[left.length];
        Tree tree = new Tree(state.file(), group, left.length);
        for (int i = 0; i < left.length; i++) {
            tree.cover(i, weight[i]);
            if (left[i] < 0) {
                tree.leaf(
                        i,
                        i,
                        leafValues.of(Arrays.copyOfRange(values, i * width, (i + 1) * width)));
            } else {
                NumericSplit split =
                        new NumericSplit(
                                (int) feature[i], threshold[i], Missing.NAN, missing[i] != 0);
                tree.split(i, split, (int) left[i], (int) right[i]);
            }
        }
        return tree;
    }

    /** What a leaf adds, from what the file holds. */
    interface LeafValues {
        double[] of(double[] values);
    }

    /**
     * A tree of some features whose leaves are worth their depth and what their training rows add.
     *
     * @param columns the features by the numbers that this tree gives them
     */
    Tree depths(int[] columns, DoubleUnaryOperator ofRows) {
        double[] left = nodes.field("left_child");
        double[] right = nodes.field("right_child");
        double[] feature = nodes.field("feature");
        double[] threshold = nodes.field("threshold");
        double[] rows = nodes.field("n_node_samples");
        int[] depth = new int[left.length];
        Tree tree = new Tree(state.file(), 0, left.length);
        for (int i = 0; i < left.length; i++) {
            tree.cover(i, rows[i]);
            if (left[i] < 0) {
                tree.leaf(i, i, depth[i] + ofRows.applyAsDouble(rows[i]));
                continue;
            }
            // Children stand behind their parents; the ensemble sees to it that they are there.
            for (double child : new double[] {left[i], right[i]}) {
                if (!(child > i && child < left.length)) {
                    throw state.error("nodes", "expected children behind their parents");
                }
                depth[(int) child] = depth[i] + 1;
            }
            if (!(feature[i] >= 0 && feature[i] < columns.length)) {
                throw state.error("nodes", "expected features of the tree, found others");
            }
            NumericSplit split =
                    new NumericSplit(columns[(int) feature[i]], threshold[i], Missing.NAN, false);
            tree.split(i, split, (int) left[i], (int) right[i]);
        }
        return tree;
    }

    /** How much each feature's splits improve, as scikit-learn sums it up; not normalised. */
    double[] importances(int numFeatures) {
        double[] left = nodes.field("left_child");
        double[] right = nodes.field("right_child");
        double[] feature = nodes.field("feature");
        double[] impurity = nodes.field("impurity");
        double[] weight = nodes.field("weighted_n_node_samples");
        double[] sums = new double[numFeatures];
        for (int i = 0; i < left.length; i++) {
            if (left[i] < 0) {
                continue;
            }
            if (!(feature[i] >= 0 && feature[i] < numFeatures)
                    || !(left[i] < left.length && right[i] >= 0 && right[i] < left.length)) {
                throw state.error("nodes", "expected nodes of one tree, found others");
            }
            int l = (int) left[i];
            int r = (int) right[i];
            sums[(int) feature[i]] +=
                    weight[i] * impurity[i] - weight[l] * impurity[l] - weight[r] * impurity[r];
        }
        for (int f = 0; f < numFeatures; f++) {
            sums[f] /= weight[0];
        }
        return sums;
    }

    int numNodes() {
        return nodes.size();
    }
}
