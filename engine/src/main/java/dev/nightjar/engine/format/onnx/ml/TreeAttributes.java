package dev.nightjar.engine.format.onnx.ml;

import dev.nightjar.engine.format.onnx.proto.NodeScope;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.estimator.Classes;
import dev.nightjar.engine.tabular.graph.estimator.PostTransform;
import dev.nightjar.engine.tabular.graph.trees.ClassifiedTrees;
import dev.nightjar.engine.tabular.graph.trees.RegressedTrees;
import dev.nightjar.engine.tabular.graph.trees.TreeScores;
import dev.nightjar.engine.tabular.graph.trees.TreeVotes;
import dev.nightjar.engine.tabular.tree.Aggregation;
import java.util.List;

/**
 * Attributes of {@code TreeEnsembleClassifier} and {@code TreeEnsembleRegressor}, versions 1 and 3:
 * one array for each property of all trees' nodes, and one for each property of votes.
 */
final class TreeAttributes {
    private static final int MAX_OUTPUTS = 1 << 20;

    private final NodeScope node;

    TreeAttributes(NodeScope node) {
        this.node = node;
    }

    Operator classifier() {
        Classes classes = new Classes(Labels.of(node, "classlabels_int64s", "classlabels_strings"));
        LeafVotes votes = votes("class", classes.count());
        TreeVotes trees = trees(votes, Aggregation.SUM);
        return new TreeScores(
                node.file(),
                trees,
                new ClassifiedTrees(
                        classes,
                        node.decimalsOrTensor("base_values"),
                        node.choice("post_transform", PostTransform.NONE),
                        votes.isVotedFor(),
                        votes.isPositive()));
    }

    Operator regressor() {
        long targets = node.whole("n_targets", 1);
        if (targets < 1 || targets > MAX_OUTPUTS) {
            throw node.error(
                    "n_targets", "expected 1 to %d, found %d".formatted(MAX_OUTPUTS, targets));
        }
        Aggregation aggregation = node.choice("aggregate_function", Aggregation.SUM);
        LeafVotes votes = votes("target", (int) targets);
        return new TreeScores(
                node.file(),
                trees(votes, aggregation),
                new RegressedTrees(
                        node.decimalsOrTensor("base_values"),
                        (int) targets,
                        node.choice("post_transform", PostTransform.NONE)));
    }

    private LeafVotes votes(String prefix, int numOutputs) {
        long[] outputs = node.wholes(prefix + "_ids").orElse(new long[0]);
        long[] nodes = node.wholes(prefix + "_nodeids").orElse(new long[0]);
        long[] trees = node.wholes(prefix + "_treeids").orElse(new long[0]);
        double[] weights = node.decimalsOrTensor(prefix + "_weights");
        if (nodes.length != outputs.length
                || trees.length != outputs.length
                || weights.length != outputs.length) {
            throw node.error(
                    prefix + "_*", "expected as many ids, nodes, trees and weights, found others");
        }
        LeafVotes votes = new LeafVotes(node, numOutputs);
        for (int i = 0; i < outputs.length; i++) {
            votes.add(trees[i], nodes[i], outputs[i], weights[i]);
        }
        return votes;
    }

    private TreeVotes trees(LeafVotes votes, Aggregation aggregation) {
        // How often a node was reached is meant for speed; exporters write ones.
        node.ignore("nodes_hitrates");
        node.ignore("nodes_hitrates_as_tensor");
        TreeNodes nodes =
                new TreeNodes(
                        node,
                        wholes("nodes_treeids"),
                        wholes("nodes_nodeids"),
                        wholes("nodes_featureids"),
                        node.decimalsOrTensor("nodes_values"),
                        node.texts("nodes_modes").orElse(List.of()),
                        wholes("nodes_truenodeids"),
                        wholes("nodes_falsenodeids"),
                        node.wholes("nodes_missing_value_tracks_true").orElse(new long[0]));
        return votes.trees(nodes, aggregation);
    }

    private long[] wholes(String name) {
        return node.wholes(name).orElse(new long[0]);
    }
}
