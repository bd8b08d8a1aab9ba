package dev.nightjar.engine.format.lightgbm;

import dev.nightjar.engine.tabular.tree.CategorySplit;
import dev.nightjar.engine.tabular.tree.LinearLeaf;
import dev.nightjar.engine.tabular.tree.Missing;
import dev.nightjar.engine.tabular.tree.NumericSplit;
import dev.nightjar.engine.tabular.tree.Tree;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Reads one tree: {@code num_leaves − 1} splits by number, whose children are splits, or leaves as
 * {@code ~leaf}. Bits of {@code decision_type}: 0 categorical, 1 default left, 2 and 3 what is
 * missing (0 nothing, 1 zero, 2 NaN).
 */
final class LightGbmTree {
    private static final int CATEGORICAL = 1;
    private static final int DEFAULT_LEFT = 2;

    private final String file;
    private final Section section;
    private final int group;
    private final int numLeaves;
    private final int numSplits;

    LightGbmTree(String file, Section section, int group) {
        this.file = file;
        this.section = section;
        this.group = group;
        numLeaves = section.integer("num_leaves");
        if (numLeaves < 1) {
            throw section.error("num_leaves", "expected at least 1, found " + numLeaves);
        }
        numSplits = numLeaves - 1;
    }

    Tree read() {
        // Before nodes are made for them, the file must hold that many values.
        double[] values = section.numbers("leaf_value", numLeaves);
        Tree tree = new Tree(file, group, numSplits + numLeaves);
        leaves(tree, values);
        if (numSplits > 0) {
            splits(tree);
            cover(tree);
        }
        return tree;
    }

    private void splits(Tree tree) {
        int[] features = section.integers("split_feature", numSplits);
        double[] thresholds = section.numbers("threshold", numSplits);
        int[] types = section.integers("decision_type", numSplits);
        int[] left = section.integers("left_child", numSplits);
        int[] right = section.integers("right_child", numSplits);
        BitSet[] sets = sets();
        for (int i = 0; i < numSplits; i++) {
            int leftNode = node(left[i]);
            int rightNode = node(right[i]);
            if ((types[i] & CATEGORICAL) != 0) {
                tree.split(i, categories(features[i], thresholds[i], sets), leftNode, rightNode);
            } else {
                boolean isDefaultLeft = (types[i] & DEFAULT_LEFT) != 0;
                Missing missing = missing(types[i] >> 2 & 3);
                tree.split(
                        i,
                        new NumericSplit(features[i], thresholds[i], missing, isDefaultLeft),
                        leftNode,
                        rightNode);
            }
        }
    }

    private int node(int child) {
        int node = child >= 0 ? child : numSplits + ~child;
        if (child >= numSplits || node >= numSplits + numLeaves) {
            throw section.error(
                    "left_child",
                    "expected one of %d splits or %d leaves, found %d"
                            .formatted(numSplits, numLeaves, child));
        }
        return node;
    }

    private Missing missing(int type) {
        return switch (type) {
            case 0 -> Missing.NONE;
            case 1 -> Missing.ZERO;
            case 2 -> Missing.NAN;
            default -> throw section.error("decision_type", "expected 0 to 2, found " + type);
        };
    }

    private CategorySplit categories(int feature, double index, BitSet[] sets) {
        if (!(index >= 0 && index < sets.length)) {
            throw section.error(
                    "threshold", "expected one of %d sets, found %s".formatted(sets.length, index));
        }
        BitSet set = sets[(int) index];
        return new CategorySplit(feature, set, set.length(), false, false, true);
    }

    /** Sets of categories as words of 32 bits; {@code cat_boundaries} says where each begins. */
    private BitSet[] sets() {
        int numSets = section.integer("num_cat", 0);
        if (numSets <= 0) {
            return new BitSet[0];
        }
        int[] bounds = section.integers("cat_boundaries", numSets + 1);
        double[] words = section.numbers("cat_threshold");
        BitSet[] sets = new BitSet[numSets];
        for (int i = 0; i < numSets; i++) {
            boolean isInside =
                    bounds[i] >= 0 && bounds[i] <= bounds[i + 1] && bounds[i + 1] <= words.length;
            if (!isInside || bounds[i + 1] - bounds[i] > CategorySplit.MAX_CATEGORIES / 32) {
                throw section.error("cat_boundaries", "expected parts of cat_threshold");
            }
            sets[i] = set(Arrays.copyOfRange(words, bounds[i], bounds[i + 1]));
        }
        return sets;
    }

    private static BitSet set(double[] words) {
        BitSet set = new BitSet();
        for (int w = 0; w < words.length; w++) {
            int bits = (int) (long) words[w];
            for (int b = 0; b < 32; b++) {
                set.set(w * 32 + b, (bits >>> b & 1) != 0);
            }
        }
        return set;
    }

    private void leaves(Tree tree, double[] values) {
        if (section.integer("is_linear", 0) == 0) {
            for (int i = 0; i < numLeaves; i++) {
                tree.leaf(numSplits + i, i, values[i]);
            }
            return;
        }
        double[] constants = section.numbers("leaf_const", numLeaves);
        int[] counts = section.integers("num_features", numLeaves);
        double[] coefficients = section.numbers("leaf_coeff");
        int[] features = section.integers("leaf_features", coefficients.length);
        int at = 0;
        for (int i = 0; i < numLeaves; i++) {
            if (counts[i] < 0 || counts[i] > coefficients.length - at) {
                throw section.error(
                        "num_features",
                        "expected %d in all, found more".formatted(coefficients.length));
            }
            int end = at + counts[i];
            LinearLeaf function =
                    new LinearLeaf(
                            constants[i],
                            Arrays.copyOfRange(features, at, end),
                            Arrays.copyOfRange(coefficients, at, end));
            tree.leaf(numSplits + i, i, function, values[i]);
            at = end;
        }
    }

    private void cover(Tree tree) {
        double[] splits = section.numbers("internal_count");
        double[] counts = section.numbers("leaf_count");
        if (splits.length == numSplits && counts.length == numLeaves) {
            for (int i = 0; i < numSplits; i++) {
                tree.cover(i, splits[i]);
            }
            for (int i = 0; i < numLeaves; i++) {
                tree.cover(numSplits + i, counts[i]);
            }
        }
    }
}
