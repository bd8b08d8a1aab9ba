package dev.nightjar.engine.tabular.tree;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/** Ensembles of trees of all shapes and kinds of nodes, at random. */
public final class RandomForest {
    private static final int MAX_NODES = 301;

    private final SplittableRandom random;
    private final int features;
    private final int outputs;
    private final int width;
    private final int depth;
    private final boolean isPlain;

    /**
     * A source of ensembles.
     *
     * @param depth the most splits on the way to a leaf
     * @param isPlain whether there are thresholds and constants only
     */
    public RandomForest(
            SplittableRandom random,
            int features,
            int outputs,
            int width,
            int depth,
            boolean isPlain) {
        this.random = random;
        this.features = features;
        this.outputs = outputs;
        this.width = width;
        this.depth = depth;
        this.isPlain = isPlain;
    }

    /** An ensemble of some trees. */
    public TreeEnsemble trees(int numTrees) {
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder("test", features, outputs, width);
        for (int t = 0; t < numTrees; t++) {
            builder.add(tree(width == 1 ? random.nextInt(outputs) : 0));
        }
        return builder.build();
    }

    private Tree tree(int group) {
        // Left children of the nodes in order, -1 for leaves: what is drawn before it is filled.
        List<Integer> children = new ArrayList<>(List.of(-1));
        List<Integer> depths = new ArrayList<>(List.of(0));
        double leafShare = random.nextDouble(0.05, 0.6);
        for (int node = 0; node < children.size(); node++) {
            boolean isLeaf = node > 0 && random.nextDouble() < leafShare;
            if (!isLeaf && depths.get(node) < depth && children.size() + 2 <= MAX_NODES) {
                children.set(node, children.size());
                children.addAll(List.of(-1, -1));
                depths.addAll(List.of(depths.get(node) + 1, depths.get(node) + 1));
            }
        }
        Tree tree = new Tree("test", group, children.size());
        for (int node = 0; node < children.size(); node++) {
            if (children.get(node) < 0) {
                leaf(tree, node);
            } else {
                split(tree, node, children.get(node));
            }
        }
        return tree;
    }

    private void leaf(Tree tree, int node) {
        double[] values = random.doubles(width, -1, 1).map(x -> (float) x).toArray();
        if (!isPlain && width == 1 && random.nextInt(20) == 0) {
            LinearLeaf linear =
                    new LinearLeaf(0.5, new int[] {random.nextInt(features)}, new double[] {0.25});
            tree.leaf(node, node, linear, values[0]);
        } else {
            tree.leaf(node, node, values);
        }
    }

    private void split(Tree tree, int node, int child) {
        int feature = random.nextInt(features);
        boolean isLeft = random.nextBoolean();
        int kind = isPlain ? 3 + random.nextInt(6) : random.nextInt(60);
        double threshold = RandomTrees.value(random.nextInt(40), random);
        Missing missing = Missing.values()[random.nextInt(3)];
        switch (kind) {
            case 1 ->
                    tree.split(node, new EqualSplit(feature, threshold, isLeft), child, child + 1);
            case 2 -> {
                BitSet set = BitSet.valueOf(new long[] {random.nextLong(), random.nextLong()});
                CategorySplit split =
                        new CategorySplit(
                                feature,
                                set,
                                128,
                                random.nextBoolean(),
                                isLeft,
                                random.nextBoolean());
                tree.split(node, split, child, child + 1);
            }
            case 0, 3, 4 ->
                    tree.split(
                            node,
                            NumericSplit.below(feature, threshold, missing, isLeft),
                            child,
                            child + 1);
            default ->
                    tree.split(
                            node,
                            new NumericSplit(feature, threshold, missing, isLeft),
                            child,
                            child + 1);
        }
    }
}
