package dev.nightjar.engine.tabular.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import java.util.BitSet;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What trees mean, and that the fast walk means the same. */
class TreesTest {
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

    @Property(tries = 60)
    void blocksScoreAsTheDefinitionSays(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int features = 1 + random.nextInt(6);
        int outputs = 1 + random.nextInt(3);
        int width = random.nextBoolean() ? 1 : outputs;
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder("test", features, outputs, width);
        int numTrees = random.nextInt(12);
        for (int t = 0; t < numTrees; t++) {
            builder.add(tree(random, features, t % outputs, width));
        }
        TreeEnsemble trees = builder.build();
        Precision precision = random.nextBoolean() ? Precision.FLOAT : Precision.DOUBLE;
        Aggregation aggregation =
                random.nextBoolean() || numTrees == 0 ? Aggregation.SUM : Aggregation.AVERAGE;
        Scoring scoring = new Scoring(new double[outputs], aggregation, precision, precision);
        assertTrue(BlockScorer.fits(trees, scoring));
        int numRows = random.nextInt(150);
        double[] rows =
                Scorer.rounded(
                        random.ints((long) numRows * features, 0, 40)
                                .mapToDouble(i -> value(i, random))
                                .toArray(),
                        precision);
        double[] expected = new double[numRows * outputs];
        new ReferenceScorer(trees, scoring).score(rows, 0, numRows, expected);
        double[] found = new double[numRows * outputs];
        new BlockScorer(trees, scoring).score(rows, 0, numRows, found);
        assertArrayEquals(expected, found);
    }

    private static double value(int i, SplittableRandom random) {
        return i < SPECIAL.length ? SPECIAL[i] : Math.round(random.nextDouble(-4, 4) * 4) / 4.0;
    }

    private static Tree tree(SplittableRandom random, int features, int group, int width) {
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

    @Test
    void aSplitSendsEachValueToItsSide() {
        assertTrue(left(new NumericSplit(0, 2, Missing.NAN, false), 2));
        assertFalse(left(new NumericSplit(0, 2, Missing.NAN, false), Math.nextUp(2.0)));
        assertFalse(left(NumericSplit.below(0, 2, Missing.NAN, false), 2));
        assertTrue(left(NumericSplit.below(0, 2, Missing.NAN, false), Math.nextDown(2.0)));
        assertTrue(left(new NumericSplit(0, -1, Missing.NAN, true), Double.NaN));
        assertTrue(left(new NumericSplit(0, -1, Missing.ZERO, true), 1e-36));
        assertFalse(left(new NumericSplit(0, -1, Missing.NONE, true), Double.NaN));
        assertFalse(left(NumericSplit.below(0, Double.NEGATIVE_INFINITY, Missing.NAN, false), -9));
    }

    private static boolean left(NumericSplit split, double x) {
        Tree tree = new Tree("test", 0, 3);
        tree.split(0, split, 1, 2);
        return scoreOf(tree, x) == 1;
    }

    @Test
    void aSetSendsEachCategoryToItsSide() {
        BitSet set = new BitSet();
        set.set(0);
        set.set(70);
        CategorySplit split = new CategorySplit(0, set, 71, false, true, true);
        for (double x : new double[] {0, 0.9, -0.5, 70, 70.2, Double.NaN}) {
            assertTrue(left(split, x), "left: " + x);
        }
        for (double x : new double[] {1, 64, 71, 1e20, -1, -3}) {
            assertFalse(left(split, x), "right: " + x);
        }
    }

    private static boolean left(CategorySplit split, double x) {
        Tree tree = new Tree("test", 0, 3);
        tree.split(0, split, 1, 2);
        return scoreOf(tree, x) == 1;
    }

    private static double scoreOf(Tree tree, double x) {
        tree.leaf(1, 1, 1);
        tree.leaf(2, 2, 2);
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder("test", 1, 1, 1);
        builder.add(tree);
        Scoring scoring =
                new Scoring(new double[1], Aggregation.SUM, Precision.DOUBLE, Precision.DOUBLE);
        return new TreeModelBuilder("test", builder.build(), scoring)
                .build()
                .predict(Table.of(1, 1, x), PredictionKind.VALUE)
                .value(0, 0);
    }

    @Test
    void contributionsAddUpToTheScore() {
        SplittableRandom random = new SplittableRandom(1);
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder("test", 4, 1, 1);
        for (int t = 0; t < 5; t++) {
            Tree tree = tree(random, 4, 0, 1);
            for (int i = 0; i < tree.numNodes(); i++) {
                tree.cover(i, 1 + random.nextInt(9));
            }
            builder.add(tree);
        }
        Scoring scoring =
                new Scoring(new double[1], Aggregation.SUM, Precision.DOUBLE, Precision.DOUBLE);
        TreeModel model = new TreeModelBuilder("test", builder.build(), scoring).build();
        Table rows = Table.of(20, 4, random.doubles(80, -4, 4).toArray());
        Predictions scores = model.predict(rows, PredictionKind.RAW);
        Predictions parts = model.predict(rows, PredictionKind.CONTRIBUTIONS);
        for (int r = 0; r < 20; r++) {
            double sum = 0;
            for (int f = 0; f <= 4; f++) {
                sum += parts.value(r, f);
            }
            assertEquals(scores.value(r, 0), sum, 1e-12);
        }
    }

    @Test
    void nodesBelowTwoOthersAreNoTree() {
        Tree tree = new Tree("test", 0, 3);
        tree.split(0, new NumericSplit(0, 0, Missing.NAN, true), 1, 1);
        tree.leaf(1, 1, 1);
        tree.leaf(2, 2, 1);
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder("test", 1, 1, 1);
        assertThrows(ModelFormatException.class, () -> builder.add(tree));
    }
}
