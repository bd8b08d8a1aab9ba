package dev.nightjar.engine.format.onnx.ml;

import dev.nightjar.engine.format.onnx.proto.NodeScope;
import dev.nightjar.engine.tabular.tree.EqualSplit;
import dev.nightjar.engine.tabular.tree.Missing;
import dev.nightjar.engine.tabular.tree.NumericSplit;
import dev.nightjar.engine.tabular.tree.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Nodes of trees as arrays, in any order but for the root, which comes first in its tree; a node is
 * found by the ids of its tree and its own.
 */
final class TreeNodes {
    private final NodeScope scope;
    private final long[] treeIds;
    private final long[] nodeIds;
    private final long[] features;
    private final double[] values;
    private final List<String> modes;
    private final long[] trueIds;
    private final long[] falseIds;
    private final long[] missingTrue;

    TreeNodes(
            NodeScope scope,
            long[] treeIds,
            long[] nodeIds,
            long[] features,
            double[] values,
            List<String> modes,
            long[] trueIds,
            long[] falseIds,
            long[] missingTrue) {
        this.scope = scope;
        this.treeIds = treeIds;
        this.nodeIds = nodeIds;
        this.features = features;
        this.values = values;
        this.modes = modes;
        this.trueIds = trueIds;
        this.falseIds = falseIds;
        this.missingTrue = missingTrue;
        int count = treeIds.length;
        boolean fits =
                nodeIds.length == count
                        && features.length == count
                        && values.length == count
                        && modes.size() == count
                        && trueIds.length == count
                        && falseIds.length == count
                        && (missingTrue.length == count || missingTrue.length == 0);
        if (!fits || count == 0) {
            throw scope.error("nodes_*", "expected as many of each, found others or none");
        }
    }

    /** Where the nodes of each tree stand, in the order in which trees first occur. */
    Map<Long, List<Integer>> byTree() {
        Map<Long, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < treeIds.length; i++) {
            members.computeIfAbsent(treeIds[i], id -> new ArrayList<>()).add(i);
        }
        return members;
    }

    /**
     * One tree.
     *
     * @param members places of its nodes, the root first
     * @param group the output that its leaves add to
     * @param leaf values of a leaf by its id
     */
    Tree tree(List<Integer> members, int group, LongFunction<double[]> leaf) {
        Map<Long, Integer> numbers = new HashMap<>();
        for (int at : members) {
            if (numbers.put(nodeIds[at], numbers.size()) != null) {
                throw scope.error("nodes_nodeids", "expected each once, found " + nodeIds[at]);
            }
        }
        Tree tree = new Tree(scope.file(), group, members.size());
        for (int at : members) {
            int number = numbers.get(nodeIds[at]);
            if (modes.get(at).equals("LEAF")) {
                tree.leaf(number, (int) nodeIds[at], leaf.apply(nodeIds[at]));
            } else {
                split(tree, at, number, child(numbers, trueIds[at]), child(numbers, falseIds[at]));
            }
        }
        return tree;
    }

    private int child(Map<Long, Integer> numbers, long id) {
        Integer number = numbers.get(id);
        if (number == null) {
            throw scope.error("nodes_truenodeids, nodes_falsenodeids", "no node has id " + id);
        }
        return number;
    }

    /** What goes left at our splits is what is at most a threshold; the others are turned round. */
    private void split(Tree tree, int at, int number, int yes, int no) {
        int feature = feature(at);
        boolean tracks = missingTrue.length > 0 && missingTrue[at] != 0;
        double value = values[at];
        switch (modes.get(at)) {
            case "BRANCH_LEQ" ->
                    tree.split(
                            number, new NumericSplit(feature, value, Missing.NAN, tracks), yes, no);
            case "BRANCH_LT" ->
                    tree.split(
                            number,
                            NumericSplit.below(feature, value, Missing.NAN, tracks),
                            yes,
                            no);
            case "BRANCH_GTE" ->
                    tree.split(
                            number,
                            NumericSplit.below(feature, value, Missing.NAN, !tracks),
                            no,
                            yes);
            case "BRANCH_GT" ->
                    tree.split(
                            number,
                            new NumericSplit(feature, value, Missing.NAN, !tracks),
                            no,
                            yes);
            case "BRANCH_EQ" -> tree.split(number, new EqualSplit(feature, value, tracks), yes, no);
            // NaN is not equal to anything, whatever it tracks.
            case "BRANCH_NEQ" -> tree.split(number, new EqualSplit(feature, value, false), no, yes);
            default ->
                    throw scope.error(
                            "nodes_modes", "expected LEAF or BRANCH_*, found " + modes.get(at));
        }
    }

    private int feature(int at) {
        if (features[at] < 0 || features[at] > Integer.MAX_VALUE) {
            throw scope.error("nodes_featureids", "expected one of a row, found " + features[at]);
        }
        return (int) features[at];
    }
}
