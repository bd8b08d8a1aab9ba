package dev.nightjar.engine.format.onnx.ml;

import dev.nightjar.engine.format.onnx.proto.NodeScope;
import dev.nightjar.engine.tabular.graph.trees.TreeVotes;
import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What leaves add to outputs. Where all leaves of each tree vote for one output, they are single
 * numbers; else each is a vector of all outputs.
 */
final class LeafVotes {
    private static final long FREE_VECTORS = 1L << 20;
    private static final long PER_VOTE = 256;

    private final NodeScope scope;
    private final int numOutputs;
    private final Map<Long, Map<Long, Map<Integer, Double>>> byTree = new HashMap<>();
    private final boolean[] isVotedFor;
    private boolean isPositive = true;
    private long numVotes;

    LeafVotes(NodeScope scope, int numOutputs) {
        this.scope = scope;
        this.numOutputs = numOutputs;
        isVotedFor = new boolean[numOutputs];
    }

    /** Adds a vote; of several of one leaf for one output, their sum counts. */
    void add(long tree, long node, long output, double weight) {
        if (output < 0 || output >= numOutputs) {
            throw scope.error(
                    "class_ids, target_ids",
                    "expected one of %d, found %d".formatted(numOutputs, output));
        }
        byTree.computeIfAbsent(tree, id -> new HashMap<>())
                .computeIfAbsent(node, id -> new HashMap<>())
                .merge((int) output, weight, Double::sum);
        isVotedFor[(int) output] = true;
        isPositive &= weight >= 0;
        numVotes++;
    }

    boolean[] isVotedFor() {
        return isVotedFor;
    }

    boolean isPositive() {
        return isPositive;
    }

    /** The trees with these votes. */
    TreeVotes trees(TreeNodes nodes, Aggregation aggregation) {
        Map<Long, List<Integer>> members = nodes.byTree();
        // A mean is over all trees, which is what our ensembles do with vectors.
        boolean isSingle =
                numOutputs == 1
                        || aggregation != Aggregation.AVERAGE
                                && members.keySet().stream().allMatch(id -> outputs(id).size() < 2);
        int width = isSingle ? 1 : numOutputs;
        List<Tree> trees = new ArrayList<>();
        long numbers = 0;
        for (Map.Entry<Long, List<Integer>> tree : members.entrySet()) {
            numbers += (long) width * tree.getValue().size();
            if (width > 1 && numbers > FREE_VECTORS + PER_VOTE * numVotes) {
                throw scope.error("nodes_*", "expected votes for most outputs, found too few");
            }
            trees.add(tree(nodes, tree.getKey(), tree.getValue(), width, aggregation));
        }
        return new TreeVotes(trees, numOutputs, width, aggregation);
    }

    private Tree tree(
            TreeNodes nodes, long id, List<Integer> members, int width, Aggregation aggregation) {
        Map<Long, Map<Integer, Double>> votes = byTree.getOrDefault(id, Map.of());
        int group = width > 1 ? 0 : outputs(id).stream().findFirst().orElse(0);
        return nodes.tree(
                members,
                group,
                node -> values(votes.getOrDefault(node, Map.of()), width, aggregation));
    }

    private Set<Integer> outputs(long tree) {
        Set<Integer> outputs = new HashSet<>();
        byTree.getOrDefault(tree, Map.of()).values().forEach(v -> outputs.addAll(v.keySet()));
        return outputs;
    }

    private double[] values(Map<Integer, Double> votes, int width, Aggregation aggregation) {
        boolean isExtreme = aggregation == Aggregation.MIN || aggregation == Aggregation.MAX;
        if (isExtreme && votes.size() < width) {
            throw scope.error(
                    "aggregate_function",
                    "expected votes of every leaf for %d outputs where %s counts, found fewer"
                            .formatted(width, aggregation));
        }
        double[] values = new double[width];
        votes.forEach((output, weight) -> values[width == 1 ? 0 : output] = weight);
        return values;
    }
}
