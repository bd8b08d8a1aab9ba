package dev.nightjar.engine.tabular.tree;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.tree.Numbers.Doubles;
import dev.nightjar.engine.tabular.tree.Numbers.Ints;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Collects trees, checks each as a whole and lays it out breadth-first. For one thread. */
public final class TreeEnsembleBuilder {
    private static final int MAX_TOTAL_NODES = 1 << 28;

    private final String file;
    final int numFeatures;
    final int numOutputs;
    final int leafWidth;
    final Ints roots = new Ints();
    final Ints groups = new Ints();
    final Ints depths = new Ints();
    final Ints feature = new Ints();
    final Doubles threshold = new Doubles();
    final Ints left = new Ints();
    final Ints rules = new Ints();
    final Doubles cover = new Doubles();
    final Ints setStart = new Ints();
    final Ints setSize = new Ints();
    final Doubles leaves = new Doubles();
    final Ints leafLabels = new Ints();
    final Map<Integer, LinearLeaf> linear = new HashMap<>();
    private long[] sets = new long[16];
    private int numSetWords;

    /**
     * An ensemble without trees.
     *
     * @param file for errors
     * @param leafWidth 1, or {@code numOutputs} if each leaf is a vector of all outputs
     */
    public TreeEnsembleBuilder(String file, int numFeatures, int numOutputs, int leafWidth) {
        if (numFeatures < 1 || numOutputs < 1 || (leafWidth != 1 && leafWidth != numOutputs)) {
            throw new ModelFormatException(
                    "%s: expected features and outputs, found %d features, %d outputs, leaves of %d"
                            .formatted(file, numFeatures, numOutputs, leafWidth));
        }
        this.file = file;
        this.numFeatures = numFeatures;
        this.numOutputs = numOutputs;
        this.leafWidth = leafWidth;
    }

    /**
     * Adds a tree behind the others.
     *
     * @throws ModelFormatException if its nodes are no tree, or a feature or an output is unknown
     */
    public void add(Tree tree) {
        if (tree.group < 0 || tree.group >= numOutputs) {
            throw error("a tree for one of %d outputs".formatted(numOutputs), tree.group);
        }
        if (left.size() + (long) tree.numNodes() > MAX_TOTAL_NODES) {
            throw error("at most %d nodes".formatted(MAX_TOTAL_NODES), "more");
        }
        int root = left.size();
        roots.add(root);
        groups.add(tree.group);
        int[] order = new int[tree.numNodes()];
        int[] depthOf = new int[tree.numNodes()];
        BitSet seen = new BitSet();
        seen.set(0);
        int end = 1;
        for (int at = 0; at < end; at++) {
            int node = order[at];
            boolean isLeaf = tree.content[node] instanceof Tree.Leaf;
            if (!isLeaf) {
                order[end] = child(tree, seen, tree.left[node], end);
                order[end + 1] = child(tree, seen, tree.right[node], end + 1);
                depthOf[end] = depthOf[at] + 1;
                depthOf[end + 1] = depthOf[at] + 1;
                end += 2;
            }
            place(tree, node, root + end - 2);
        }
        depths.add(depthOf[end - 1]);
    }

    private int child(Tree tree, BitSet seen, int node, int at) {
        if (node < 1 || node >= tree.numNodes() || at >= tree.numNodes() || seen.get(node)) {
            throw error(
                    "each of %d nodes below one other".formatted(tree.numNodes()),
                    "node %d below two or none".formatted(node));
        }
        seen.set(node);
        return node;
    }

    private void place(Tree tree, int node, int children) {
        cover.add(tree.cover[node]);
        switch (tree.content[node]) {
            case Tree.Leaf leaf -> placeLeaf(leaf, tree.label[node]);
            case NumericSplit split ->
                    placeSplit(
                            split.feature(),
                            split.threshold(),
                            children,
                            flag(split.isDefaultLeft(), TreeEnsemble.DEFAULT_LEFT)
                                    | split.missing().ordinal() << TreeEnsemble.MISSING_SHIFT);
            case EqualSplit split ->
                    placeSplit(
                            split.feature(),
                            split.value(),
                            children,
                            flag(split.isDefaultLeft(), TreeEnsemble.DEFAULT_LEFT)
                                    | TreeEnsemble.EQUAL);
            case CategorySplit split -> placeCategories(split, children);
            case null, default -> throw error("a split or a leaf at node " + node, "neither");
        }
    }

    private void placeLeaf(Tree.Leaf leaf, int label) {
        if (leaf.values().length != leafWidth) {
            throw error("leaves of %d values".formatted(leafWidth), leaf.values().length);
        }
        leaf.linear().ifPresent(function -> checked(function));
        leaf.linear().ifPresent(function -> linear.put(leafLabels.size(), function));
        feature.add(0);
        threshold.add(0);
        left.add(~leafLabels.size());
        rules.add(0);
        setStart.add(0);
        setSize.add(0);
        leafLabels.add(label);
        Arrays.stream(leaf.values()).forEach(leaves::add);
    }

    private void checked(LinearLeaf function) {
        for (int index : function.features()) {
            checkFeature(index);
        }
        if (function.features().length != function.coefficients().length) {
            throw error("a coefficient for each feature of a leaf", "another number");
        }
    }

    private void placeSplit(int index, double bound, int children, int flags) {
        checkFeature(index);
        feature.add(index);
        threshold.add(bound);
        left.add(children);
        rules.add(flags);
        setStart.add(0);
        setSize.add(0);
    }

    private void placeCategories(CategorySplit split, int children) {
        if (split.numKnown() < 0 || split.numKnown() > CategorySplit.MAX_CATEGORIES) {
            throw error("at most %d categories".formatted(CategorySplit.MAX_CATEGORIES), "more");
        }
        int flags =
                TreeEnsemble.CATEGORY
                        | flag(split.isDefaultLeft(), TreeEnsemble.DEFAULT_LEFT)
                        | flag(split.isOutsideLeft(), TreeEnsemble.OUTSIDE_LEFT)
                        | flag(split.isTruncatedFirst(), TreeEnsemble.TRUNCATED_FIRST);
        placeSplit(split.feature(), 0, children, flags);
        int words = (split.numKnown() + 63) / 64;
        setStart.set(setStart.size() - 1, numSetWords);
        setSize.set(setSize.size() - 1, split.numKnown());
        if (numSetWords + words > sets.length) {
            sets = Arrays.copyOf(sets, Math.max(sets.length * 2, numSetWords + words));
        }
        long[] bits = split.left().get(0, split.numKnown()).toLongArray();
        System.arraycopy(bits, 0, sets, numSetWords, bits.length);
        numSetWords += words;
    }

    private void checkFeature(int index) {
        if (index < 0 || index >= numFeatures) {
            throw error("a feature of %d".formatted(numFeatures), index);
        }
    }

    private static int flag(boolean isSet, int bit) {
        return isSet ? bit : 0;
    }

    byte[] rules() {
        int[] wide = rules.toArray();
        byte[] narrow = new byte[wide.length];
        for (int i = 0; i < wide.length; i++) {
            narrow[i] = (byte) wide[i];
        }
        return narrow;
    }

    long[] sets() {
        return Arrays.copyOf(sets, numSetWords);
    }

    private ModelFormatException error(String expected, Object found) {
        return new ModelFormatException(
                "%s: tree %d: expected %s, found %s"
                        .formatted(file, roots.size(), expected, found));
    }

    /** The ensemble of all trees. */
    public TreeEnsemble build() {
        return new TreeEnsemble(this);
    }
}
