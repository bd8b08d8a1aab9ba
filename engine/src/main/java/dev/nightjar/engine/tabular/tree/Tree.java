package dev.nightjar.engine.tabular.tree;

import dev.nightjar.engine.format.ModelFormatException;
import java.util.Optional;

/**
 * One tree as a file has it: nodes by number in any order, node 0 the root. Filled by a reader,
 * then given to {@link TreeEnsembleBuilder}, which checks it as a whole.
 */
public final class Tree {
    static final int MAX_NODES = 1 << 24;

    final int group;
    final int[] left;
    final int[] right;
    final Object[] content;
    final double[] cover;
    final int[] label;

    /**
     * A tree with all nodes to be filled in.
     *
     * @param group the output that its leaves add to, if they are single numbers
     */
    public Tree(String file, int group, int numNodes) {
        if (numNodes < 1 || numNodes > MAX_NODES) {
            throw new ModelFormatException(
                    "%s: expected a tree of 1 to %d nodes, found %d"
                            .formatted(file, MAX_NODES, numNodes));
        }
        this.group = group;
        left = new int[numNodes];
        right = new int[numNodes];
        content = new Object[numNodes];
        cover = new double[numNodes];
        label = new int[numNodes];
    }

    /** How many nodes. */
    public int numNodes() {
        return left.length;
    }

    /** Makes a node a split by a threshold. */
    public void split(int node, NumericSplit split, int leftChild, int rightChild) {
        set(node, split, leftChild, rightChild);
    }

    /** Makes a node a split by a set. */
    public void split(int node, CategorySplit split, int leftChild, int rightChild) {
        set(node, split, leftChild, rightChild);
    }

    /** Makes a node a split by equality. */
    public void split(int node, EqualSplit split, int leftChild, int rightChild) {
        set(node, split, leftChild, rightChild);
    }

    /**
     * Makes a node a leaf.
     *
     * @param number of the leaf as the library reports it
     * @param values one, or one an output
     */
    public void leaf(int node, int number, double... values) {
        set(node, new Leaf(values, Optional.empty()), -1, -1);
        label[node] = number;
    }

    /** Makes a node a leaf with a linear function, and the value where it does not apply. */
    public void leaf(int node, int number, LinearLeaf linear, double otherwise) {
        set(node, new Leaf(new double[] {otherwise}, Optional.of(linear)), -1, -1);
        label[node] = number;
    }

    /** How many training rows reached a node, or their weight; needed for explanations. */
    public void cover(int node, double weight) {
        cover[node] = weight;
    }

    private void set(int node, Object what, int leftChild, int rightChild) {
        content[node] = what;
        left[node] = leftChild;
        right[node] = rightChild;
    }

    /** What a leaf adds. */
    record Leaf(double[] values, Optional<LinearLeaf> linear) {}
}
