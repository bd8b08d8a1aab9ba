package dev.nightjar.engine.format.xgboost;

import dev.nightjar.engine.format.document.Document;
import dev.nightjar.engine.tabular.tree.CategorySplit;
import java.util.BitSet;

/**
 * The sets of a tree's categorical splits: {@code categories_nodes} lists the nodes, {@code
 * categories_segments} and {@code categories_sizes} where each one's categories stand in {@code
 * categories}.
 */
final class CategorySets {
    private final Document tree;
    private final int numNodes;

    CategorySets(Document tree, int numNodes) {
        this.tree = tree;
        this.numNodes = numNodes;
    }

    /** A set for each node that splits by one, null for the others. */
    BitSet[] read() {
        BitSet[] sets = new BitSet[numNodes];
        double[] nodes = tree.optionalNumbers("categories_nodes").orElse(new double[0]);
        if (nodes.length == 0) {
            return sets;
        }
        int[] numbers = tree.integers("categories_nodes", nodes.length);
        int[] starts = tree.integers("categories_segments", nodes.length);
        int[] sizes = tree.integers("categories_sizes", nodes.length);
        double[] categories = tree.optionalNumbers("categories").orElse(new double[0]);
        for (int i = 0; i < numbers.length; i++) {
            boolean isInside =
                    numbers[i] >= 0
                            && numbers[i] < numNodes
                            && starts[i] >= 0
                            && sizes[i] >= 0
                            && (long) starts[i] + sizes[i] <= categories.length;
            if (!isInside) {
                throw tree.error(
                        "categories_nodes",
                        "expected a node and a part of the categories, found node %d, %d at %d"
                                .formatted(numbers[i], sizes[i], starts[i]));
            }
            sets[numbers[i]] = set(categories, starts[i], sizes[i]);
        }
        return sets;
    }

    private BitSet set(double[] categories, int start, int size) {
        BitSet set = new BitSet();
        for (int i = start; i < start + size; i++) {
            double category = categories[i];
            if (!(category >= 0 && category < CategorySplit.MAX_CATEGORIES)) {
                throw tree.error(
                        "categories",
                        "expected 0 to %d, found %s"
                                .formatted(CategorySplit.MAX_CATEGORIES - 1, category));
            }
            set.set((int) category);
        }
        return set;
    }
}
