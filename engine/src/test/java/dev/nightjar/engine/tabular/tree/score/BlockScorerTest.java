package dev.nightjar.engine.tabular.tree.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.RandomTrees;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.TreeEnsemble;
import dev.nightjar.engine.tabular.tree.TreeEnsembleBuilder;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The fast walk means what the definition says. */
class BlockScorerTest {
    @Property(tries = 60)
    void blocksScoreAsTheDefinitionSays(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int features = 1 + random.nextInt(6);
        int outputs = 1 + random.nextInt(3);
        int width = random.nextBoolean() ? 1 : outputs;
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder("test", features, outputs, width);
        int numTrees = random.nextInt(12);
        for (int t = 0; t < numTrees; t++) {
            builder.add(RandomTrees.tree(random, features, t % outputs, width));
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
                                .mapToDouble(i -> RandomTrees.value(i, random))
                                .toArray(),
                        precision);
        double[] expected = new double[numRows * outputs];
        new ReferenceScorer(trees, scoring).score(rows, 0, numRows, expected);
        double[] found = new double[numRows * outputs];
        new BlockScorer(trees, scoring).score(rows, 0, numRows, found);
        assertArrayEquals(expected, found);
    }
}
