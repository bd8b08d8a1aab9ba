package dev.nightjar.engine.format.xgboost;

import dev.nightjar.engine.format.document.Document;
import dev.nightjar.engine.tabular.tree.CategorySplit;
import dev.nightjar.engine.tabular.tree.Missing;
import dev.nightjar.engine.tabular.tree.NumericSplit;
import dev.nightjar.engine.tabular.tree.Tree;
import dev.nightjar.engine.tabular.tree.TreeEnsemble;
import dev.nightjar.engine.tabular.tree.TreeEnsembleBuilder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code model.trees}: a node is an index into arrays, a leaf has no left child and holds its
 * value where a split has its threshold, or a vector of the tree's size. A feature goes left if it
 * is below the threshold; a category goes right if it is in the node's set.
 */
final class XgboostTrees {
    private final Document model;
    private final Optional<double[]> weights;
    private final int numFeatures;
    private final int numOutputs;

    XgboostTrees(Document model, Optional<double[]> weights, int numFeatures, int numOutputs) {
        this.model = model;
        this.weights = weights;
        this.numFeatures = numFeatures;
        this.numOutputs = numOutputs;
    }

    /** All trees, or those of the first iterations. */
    TreeEnsemble read(Optional<Integer> iterations) {
        List<Document> trees = model.objects("trees");
        int[] groups = model.integers("tree_info", trees.size());
        if (weights.isPresent() && weights.get().length != trees.size()) {
            throw model.error(
                    "trees",
                    "expected a weight for each of %d, found %d"
                            .formatted(trees.size(), weights.get().length));
        }
        boolean isVector = !trees.isEmpty() && vectorSize(trees.getFirst()) > 1;
        TreeEnsembleBuilder builder =
                new TreeEnsembleBuilder(
                        model.file(), numFeatures, numOutputs, isVector ? numOutputs : 1);
        int used =
                iterations
                        .map(count -> numTrees(count, trees.size(), isVector))
                        .orElse(trees.size());
        for (int t = 0; t < used; t++) {
            float weight = weights.isPresent() ? (float) weights.get()[t] : 1;
            builder.add(tree(trees.get(t), groups[t], weight));
        }
        return builder.build();
    }

    private int numTrees(int count, int all, boolean isVector) {
        int parallel =
                model.optionalObject("gbtree_model_param")
                        .flatMap(params -> params.optionalInteger("num_parallel_tree"))
                        .orElse(1);
        long perIteration = (long) Math.max(1, parallel) * (isVector ? 1 : numOutputs);
        return Math.clamp(count * perIteration, 0, all);
    }

    private static int vectorSize(Document tree) {
        return tree.object("tree_param").optionalInteger("size_leaf_vector").orElse(1);
    }

    private Tree tree(Document source, int group, float weight) {
        int numNodes = source.object("tree_param").integer("num_nodes");
        int[] left = source.integers("left_children", numNodes);
        int[] right = source.integers("right_children", numNodes);
        int[] features = source.integers("split_indices", numNodes);
        double[] conditions = source.numbers("split_conditions", numNodes);
        double[] defaults = source.numbers("default_left", numNodes);
        // Only now: the file holds that many nodes.
        Tree tree = new Tree(source.file(), group, numNodes);
        BitSet[] categories = new CategorySets(source, numNodes).read();
        Leaves leaves = new Leaves(source, conditions, right, weight);
        source.optionalNumbers("sum_hessian")
                .filter(sums -> sums.length == numNodes)
                .ifPresent(sums -> cover(tree, sums));
        for (int i = 0; i < numNodes; i++) {
            if (left[i] == -1) {
                tree.leaf(i, i, leaves.of(i));
            } else if (categories[i] != null) {
                tree.split(i, sets(features[i], categories[i], defaults[i]), left[i], right[i]);
            } else {
                tree.split(
                        i,
                        NumericSplit.below(
                                features[i], (float) conditions[i], Missing.NAN, defaults[i] != 0),
                        left[i],
                        right[i]);
            }
        }
        return tree;
    }

    private static void cover(Tree tree, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            tree.cover(i, sums[i]);
        }
    }

    private static CategorySplit sets(int feature, BitSet right, double isDefaultLeft) {
        int numKnown = right.length();
        BitSet left = new BitSet(numKnown);
        left.set(0, numKnown);
        left.andNot(right);
        return new CategorySplit(feature, left, numKnown, true, isDefaultLeft != 0, false);
    }

    /** Values of leaves: numbers, or vectors in one of two places. */
    private final class Leaves {
        private final Document source;
        private final double[] conditions;
        private final int[] right;
        private final float weight;
        private final int size;
        private final double[] vectors;
        private final boolean isCompact;

        Leaves(Document source, double[] conditions, int[] right, float weight) {
            this.source = source;
            this.conditions = conditions;
            this.right = right;
            this.weight = weight;
            size = vectorSize(source);
            isCompact = source.optionalNumbers("leaf_weights").isPresent();
            vectors =
                    size <= 1
                            ? new double[0]
                            : source.optionalNumbers(isCompact ? "leaf_weights" : "base_weights")
                                    .orElse(new double[0]);
        }

        double[] of(int node) {
            if (size <= 1) {
                return new double[] {(float) (weight * conditions[node])};
            }
            long from = (long) (isCompact ? right[node] : node) * size;
            if (from < 0 || from + size > vectors.length) {
                throw source.error(
                        "leaf_weights",
                        "expected a vector for leaf %d, found none".formatted(node));
            }
            double[] values = Arrays.copyOfRange(vectors, (int) from, (int) from + size);
            for (int k = 0; k < size; k++) {
                values[k] = (float) (weight * values[k]);
            }
            return values;
        }
    }
}
