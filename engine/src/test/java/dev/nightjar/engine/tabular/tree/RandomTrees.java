package dev.nightjar.engine.tabular.tree;

import java.util.SplittableRandom;

/** Trees and values of all kinds, at random. */
public final class RandomTrees {
    private static final double[] SPECIAL = {
        Double.NaN,
        0.0,
        -0.0,
        1e-36,
        -1e-36,
        1e-35f,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Float.MIN_VALUE,
        Double.MAX_VALUE,
        0.5,
        1,
        -1
    };

    private RandomTrees() {}

    /** A number that is near others, equal to one, or special. */
    public static double value(int i, SplittableRandom random) {
        return i < SPECIAL.length ? SPECIAL[i] : Math.round(random.nextDouble(-4, 4) * 4) / 4.0;
    }

    /** A tree of thresholds. */
    public static Tree tree(SplittableRandom random, int features, int group, int width) {
        int numSplits = random.nextInt(40);
        Tree tree = new Tree("test", width == 1 ? group : 0, 2 * numSplits + 1);
        int next = 1;
        for (int node = 0; node < 2 * numSplits + 1; node++) {
            boolean isSplit =
                    next + 1 < 2 * numSplits + 1 && (next == node + 1 || random.nextInt(3) > 0);
            if (isSplit) {
                Missing missing = Missing.values()[random.nextInt(3)];
                int feature = random.nextInt(features);
                double threshold = value(random.nextInt(40), random);
                tree.split(
                        node,
                        random.nextBoolean()
                                ? new NumericSplit(
                                        feature, threshold, missing, random.nextBoolean())
                                : NumericSplit.below(
                                        feature, threshold, missing, random.nextBoolean()),
                        next,
                        next + 1);
                next += 2;
            } else {
                tree.leaf(node, node, random.doubles(width, -1, 1).map(x -> (float) x).toArray());
            }
        }
        return tree;
    }
}
