package dev.nightjar.engine.format.sklearn;

import dev.nightjar.engine.tabular.tree.Missing;
import dev.nightjar.engine.tabular.tree.NumericSplit;
import dev.nightjar.engine.tabular.tree.Tree;
import java.util.Arrays;

/**
 * The state of {@code sklearn.tree._tree.Tree}: records of nodes, and values [nodes, outputs,
 * classes]. Features are compared as floats with thresholds in double.
 */
final class TreeState {
    private final PickledObject state;
    private final NumpyArray nodes;
    private final double[] values;
    private final int width;

    TreeState(PickledObject tree) {
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
}
