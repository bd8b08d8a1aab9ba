package dev.nightjar.engine.tabular.tree.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.CategorySplit;
import dev.nightjar.engine.tabular.tree.Missing;
import dev.nightjar.engine.tabular.tree.NumericSplit;
import dev.nightjar.engine.tabular.tree.RandomTrees;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.Tree;
import dev.nightjar.engine.tabular.tree.TreeEnsembleBuilder;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What splits mean, and what explanations add up to. */
class TreeModelTest {
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
            Tree tree = RandomTrees.tree(random, 4, 0, 1);
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
}
