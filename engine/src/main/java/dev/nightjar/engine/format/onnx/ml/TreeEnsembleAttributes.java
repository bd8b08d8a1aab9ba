package dev.nightjar.engine.format.onnx.ml;

import dev.nightjar.engine.format.onnx.proto.NodeScope;
import dev.nightjar.engine.format.protobuf.ProtoDoubles;
import dev.nightjar.engine.format.protobuf.ProtoLongs;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.estimator.PostTransform;
import dev.nightjar.engine.tabular.graph.trees.RegressedTrees;
import dev.nightjar.engine.tabular.graph.trees.TreeScores;
import dev.nightjar.engine.tabular.tree.Aggregation;
import java.util.ArrayList;
import java.util.List;

/**
 * Attributes of {@code TreeEnsemble}, version 5: nodes and leaves as arrays of their own, children
 * and roots by their places in them. They become nodes with ids, as in version 3.
 */
final class TreeEnsembleAttributes {
    private static final List<String> MODES =
            List.of(
                    "BRANCH_LEQ",
                    "BRANCH_LT",
                    "BRANCH_GTE",
                    "BRANCH_GT",
                    "BRANCH_EQ",
                    "BRANCH_NEQ");
    private static final List<Aggregation> AGGREGATIONS =
            List.of(Aggregation.AVERAGE, Aggregation.SUM, Aggregation.MIN, Aggregation.MAX);

    private final NodeScope node;
    private final ProtoLongs treeIds = new ProtoLongs();
    private final ProtoLongs nodeIds = new ProtoLongs();
    private final ProtoLongs features = new ProtoLongs();
    private final ProtoDoubles values = new ProtoDoubles();
    private final List<String> modes = new ArrayList<>();
    private final ProtoLongs trueIds = new ProtoLongs();
    private final ProtoLongs falseIds = new ProtoLongs();
    private final ProtoLongs missing = new ProtoLongs();

    TreeEnsembleAttributes(NodeScope node) {
        this.node = node;
    }

    Operator operator() {
        long targets = node.whole("n_targets", 1);
        long aggregate = node.whole("aggregate_function", 1);
        long transform = node.whole("post_transform", 0);
        if (targets < 1
                || targets > 1 << 20
                || aggregate < 0
                || aggregate > 3
                || transform < 0
                || transform > 4) {
            throw node.error(
                    "n_targets, aggregate_function, post_transform",
                    "expected 1 to 2^20, 0 to 3, 0 to 4, found others");
        }
        node.ignore("nodes_hitrates");
        LeafVotes votes = new LeafVotes(node, (int) targets);
        walk(votes);
        TreeNodes nodes =
                new TreeNodes(
                        node,
                        treeIds.toArray(),
                        nodeIds.toArray(),
                        features.toArray(),
                        values.toArray(),
                        modes,
                        trueIds.toArray(),
                        falseIds.toArray(),
                        missing.toArray());
        return new TreeScores(
                node.file(),
                votes.trees(nodes, AGGREGATIONS.get((int) aggregate)),
                new RegressedTrees(
                        new double[0], (int) targets, PostTransform.values()[(int) transform]));
    }

    private void walk(LeafVotes votes) {
        Arrays arrays = new Arrays(node);
        boolean[] seen = new boolean[arrays.features.length];
        long tree = 0;
        for (long root : arrays.roots) {
            List<Long> open = new ArrayList<>(List.of(root));
            for (int i = 0; i < open.size(); i++) {
                long id = open.get(i);
                if (id >= seen.length) {
                    leaf(tree, id);
                    votes.add(
                            tree,
                            id,
                            arrays.targets[arrays.leaf(id, i)],
                            arrays.weights[arrays.leaf(id, i)]);
                    continue;
                }
                if (id < 0 || seen[(int) id]) {
                    throw node.error("tree_roots", "expected each node once, found " + id);
                }
                seen[(int) id] = true;
                open.addAll(branch(tree, arrays, (int) id));
            }
            tree++;
        }
    }

    private void leaf(long tree, long id) {
        add(tree, id, 0, 0, "LEAF", 0, 0, 0);
    }

    private List<Long> branch(long tree, Arrays arrays, int at) {
        double mode = arrays.modes[at];
        if (!(mode >= 0 && mode < MODES.size())) {
            throw node.error(
                    "nodes_modes",
                    "expected one of 0 to 5 (%s), found %.0f, which is not supported"
                            .formatted(MODES, mode));
        }
        long yes = arrays.child(arrays.trueIds[at], arrays.trueLeaves[at]);
        long no = arrays.child(arrays.falseIds[at], arrays.falseLeaves[at]);
        long track = arrays.missing.length == 0 ? 0 : arrays.missing[at];
        String name = MODES.get((int) mode);
        if (yes != no) {
            add(tree, at, arrays.features[at], arrays.splits[at], name, yes, no, track);
            return List.of(yes, no);
        }
        // A tree of one leaf is written as a split whose sides are the same.
        long copy = arrays.copy(no);
        add(tree, at, arrays.features[at], arrays.splits[at], name, yes, copy, track);
        return List.of(yes, copy);
    }

    private void add(
            long tree,
            long id,
            long feature,
            double value,
            String mode,
            long yes,
            long no,
            long track) {
        treeIds.add(tree);
        nodeIds.add(id);
        features.add(feature);
        values.add(value);
        modes.add(mode);
        trueIds.add(yes);
        falseIds.add(no);
        missing.add(track);
    }

    /** The attributes as they stand in the file; a leaf's id is its place behind all nodes. */
    private static final class Arrays {
        private final NodeScope node;
        final long[] roots;
        final long[] features;
        final double[] splits;
        final double[] modes;
        final long[] trueIds;
        final long[] trueLeaves;
        final long[] falseIds;
        final long[] falseLeaves;
        final long[] missing;
        final long[] targets;
        final double[] weights;

        Arrays(NodeScope node) {
            this.node = node;
            roots = wholes("tree_roots");
            features = wholes("nodes_featureids");
            splits = numbers("nodes_splits");
            modes = numbers("nodes_modes");
            trueIds = wholes("nodes_truenodeids");
            trueLeaves = wholes("nodes_trueleafs");
            falseIds = wholes("nodes_falsenodeids");
            falseLeaves = wholes("nodes_falseleafs");
            missing = wholes("nodes_missing_value_tracks_true");
            targets = wholes("leaf_targetids");
            weights = numbers("leaf_weights");
            int count = features.length;
            boolean fits =
                    splits.length == count
                            && modes.length == count
                            && trueIds.length == count
                            && trueLeaves.length == count
                            && falseIds.length == count
                            && falseLeaves.length == count
                            && (missing.length == 0 || missing.length == count)
                            && weights.length == targets.length;
            if (!fits) {
                throw node.error("nodes_*, leaf_*", "expected as many of each, found others");
            }
        }

        private long[] wholes(String name) {
            return node.wholes(name).orElse(new long[0]);
        }

        private double[] numbers(String name) {
            return node.tensor(name)
                    .map(
                            tensor -> {
                                if (tensor instanceof NumberArray numbers) {
                                    return numbers.numbers();
                                }
                                throw node.error(name, "expected numbers, found text");
                            })
                    .orElse(new double[0]);
        }

        long child(long place, long isLeaf) {
            int bound = isLeaf == 0 ? features.length : targets.length;
            if (place < 0 || place >= bound) {
                throw node.error(
                        "nodes_truenodeids, nodes_falsenodeids",
                        "expected a place below %d, found %d".formatted(bound, place));
            }
            return isLeaf == 0 ? place : features.length + place;
        }

        /** Another id of the same leaf. */
        long copy(long id) {
            if (id < features.length) {
                throw node.error("nodes_truenodeids", "expected each node once, found " + id);
            }
            return id + targets.length;
        }

        int leaf(long id, int order) {
            if (order == 0) {
                throw node.error("tree_roots", "expected a place of a node, found " + id);
            }
            return (int) ((id - features.length) % targets.length);
        }
    }
}
