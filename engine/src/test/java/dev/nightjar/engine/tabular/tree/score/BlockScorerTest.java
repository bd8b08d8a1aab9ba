package dev.nightjar.engine.tabular.tree.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.Missing;
import dev.nightjar.engine.tabular.tree.NumericSplit;
import dev.nightjar.engine.tabular.tree.RandomForest;
import dev.nightjar.engine.tabular.tree.RandomTrees;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.Tree;
import dev.nightjar.engine.tabular.tree.TreeEnsemble;
import dev.nightjar.engine.tabular.tree.TreeEnsembleBuilder;
import dev.nightjar.kernels.tree.ScalarTreeKernel;
import dev.nightjar.kernels.tree.TreeKernel;
import dev.nightjar.kernels.tree.TreeKernels;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The fast ways to score give the bits of the definition. */
class BlockScorerTest {
    private static final List<TreeKernel> KERNELS =
            List.of(TreeKernels.best(), new ScalarTreeKernel());
    private static final int[] SIZES = {1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 127, 129, 260};

    @Property(tries = 150)
    void scoresAsTheDefinitionSays(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int features = 1 + random.nextInt(20);
        int outputs = 1 + random.nextInt(4);
        int width = random.nextInt(3) == 0 ? outputs : 1;
        int depth = 1 + random.nextInt(12);
        int numTrees = 1 + random.nextInt(random.nextInt(8) == 0 ? 300 : 30);
        TreeEnsemble trees =
                new RandomForest(random, features, outputs, width, depth, random.nextInt(3) > 0)
                        .trees(numTrees);
        Aggregation aggregation = Aggregation.values()[random.nextInt(3)];
        double[] base = random.doubles(outputs, -1, 1).map(x -> (float) x).toArray();
        Scoring scoring = new Scoring(base, aggregation, precision(random), precision(random));
        int numRows = SIZES[random.nextInt(SIZES.length)];
        check(trees, scoring, rows(random, numRows * features), numRows);
    }

    private static Precision precision(SplittableRandom random) {
        return Precision.values()[random.nextInt(2)];
    }

    private static double[] rows(SplittableRandom random, int size) {
        return random.ints(size, 0, 60).mapToDouble(i -> RandomTrees.value(i, random)).toArray();
    }

    private static void check(TreeEnsemble trees, Scoring scoring, double[] rows, int numRows) {
        double[] expected = new double[numRows * trees.numOutputs()];
        new ReferenceScorer(trees, scoring).score(rows, 0, numRows, expected);
        // Without a tree of thresholds there is nothing to be fast with.
        if (!BlockScorer.fits(trees, scoring)) {
            assertTrue(trees.numTrees() < 300);
            return;
        }
        for (TreeKernel kernel : KERNELS) {
            double[] found = new double[expected.length];
            new BlockScorer(trees, scoring, kernel).score(rows, 0, numRows, found);
            assertArrayEquals(expected, found, kernel.name());
        }
    }

    /** Every number of rows around what is walked one by one, eight by eight and in vectors. */
    @Test
    void everyNumberOfRowsIsScored() {
        SplittableRandom random = new SplittableRandom(3);
        for (int depth : new int[] {0, 1, 3, 4, 6, 7, 12}) {
            TreeEnsemble trees = new RandomForest(random, 9, 1, 1, depth, true).trees(19);
            Scoring scoring = sum(1);
            assertTrue(BlockScorer.fits(trees, scoring));
            for (int numRows = 0; numRows <= 33; numRows++) {
                check(trees, scoring, rows(random, numRows * 9), numRows);
            }
        }
    }

    @Test
    void everyNumberOfTreesIsScored() {
        SplittableRandom random = new SplittableRandom(4);
        for (int numTrees = 1; numTrees <= 300; numTrees += numTrees < 33 ? 1 : 37) {
            TreeEnsemble trees = new RandomForest(random, 9, 1, 1, 6, true).trees(numTrees);
            check(trees, sum(1), rows(random, 9 * 9), 9);
            check(trees, sum(1), rows(random, 9), 1);
        }
    }

    private static Scoring sum(int outputs) {
        return new Scoring(
                new double[outputs], Aggregation.SUM, Precision.DOUBLE, Precision.DOUBLE);
    }

    /** More thresholds than keys of 16 bits: the trees fall into parts. */
    @Test
    void treesWithTooManyThresholdsFallIntoParts() {
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder("test", 1, 1, 1);
        for (int t = 0; t < 3; t++) {
            builder.add(chain(t, 20_000));
        }
        TreeEnsemble trees = builder.build();
        assertEquals(3, TreePart.of(trees, Precision.DOUBLE).size());
        double[] rows = {-1, 0, 5.5, 19_999, 20_000, 33_333, 59_999, 1e9, Double.NaN, 12_345};
        check(trees, sum(1), rows, rows.length);
        check(trees, sum(1), rows, 3);
    }

    @Test
    void aTreeWithTooManyThresholdsIsLeftToTheDefinition() {
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder("test", 1, 1, 1);
        builder.add(chain(0, 40_000));
        assertFalse(BlockScorer.fits(builder.build(), sum(1)));
    }

    /** A tree that splits {@code size} numbers in halves. */
    private static Tree chain(int t, int size) {
        Tree tree = new Tree("test", 0, 2 * size - 1);
        for (int node = 0; node < 2 * size - 1; node++) {
            if (node < size - 1) {
                double threshold = t * size + (node * 7919L) % size;
                tree.split(
                        node,
                        new NumericSplit(0, threshold, Missing.NAN, node % 2 == 0),
                        2 * node + 1,
                        2 * node + 2);
            } else {
                tree.leaf(node, node, node / 1000.0);
            }
        }
        return tree;
    }

    @Test
    void numbersThatFloatsDoNotHoldAreLeftToTheDefinition() {
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder("test", 1, 1, 1);
        Tree tree = new Tree("test", 0, 1);
        tree.leaf(0, 0, 0.1);
        builder.add(tree);
        TreeEnsemble trees = builder.build();
        Scoring scoring =
                new Scoring(new double[1], Aggregation.SUM, Precision.FLOAT, Precision.FLOAT);
        assertFalse(BlockScorer.fits(trees, scoring));
        assertTrue(BlockScorer.fits(trees, sum(1)));
    }

    /** Several threads at once, whose scratches must not mix. */
    @Test
    void manyRowsAreScoredByManyThreads() {
        SplittableRandom random = new SplittableRandom(5);
        TreeEnsemble trees = new RandomForest(random, 9, 2, 1, 8, true).trees(60);
        double[] rows = rows(random, 5_000 * 9);
        double[] expected = new double[5_000 * 2];
        new ReferenceScorer(trees, sum(2)).score(rows, 0, 5_000, expected);
        Scorer scorer = Scorer.of(trees, sum(2));
        for (int i = 0; i < 5; i++) {
            assertArrayEquals(expected, scorer.scores(rows, 5_000, 2, 60));
        }
    }

    @Test
    void tooManyExitsAreLeftToTheDefinition() {
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder("test", 1, 1, 1);
        builder.add(chain(0, 16));
        for (int t = 0; t < 1 << 18; t++) {
            Tree tree = new Tree("test", 0, 1);
            tree.leaf(0, 0, 1);
            builder.add(tree);
        }
        assertFalse(BlockScorer.fits(builder.build(), sum(1)));
    }

    @Test
    void aRowIsScoredWithoutAllocation() {
        SplittableRandom random = new SplittableRandom(6);
        TreeEnsemble trees = new RandomForest(random, 9, 1, 1, 8, true).trees(30);
        Scorer scorer = new BlockScorer(trees, sum(1), TreeKernels.best());
        double[] rows = rows(random, 9);
        double[] scores = new double[1];
        scorer.score(rows, 0, 1, scores);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            scorer.score(rows, 0, 1, scores);
        }
        // What the measurement itself may take.
        assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 1_000);
    }
}
