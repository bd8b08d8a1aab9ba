package dev.nightjar.engine.tabular.tree.score;

import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.TreeEnsemble;
import java.util.Arrays;

/** Raw scores by the definition: row by row, tree by tree. */
public final class ReferenceScorer implements Scorer {
    private final TreeEnsemble trees;
    private final Scoring scoring;

    /** A scorer of an ensemble. */
    public ReferenceScorer(TreeEnsemble trees, Scoring scoring) {
        this.trees = trees;
        this.scoring = scoring;
    }

    @Override
    public void score(double[] rows, int from, int to, double[] scores) {
        for (int r = from; r < to; r++) {
            int offset = r * trees.numFeatures();
            double[] row = Arrays.copyOfRange(rows, offset, offset + trees.numFeatures());
            row(Scorer.rounded(row, scoring.input()), scores, r * trees.numOutputs());
        }
    }

    private void row(double[] row, double[] scores, int at) {
        int outputs = trees.numOutputs();
        Aggregation aggregation = scoring.aggregation();
        double[] sums = new double[outputs];
        switch (aggregation) {
            case SUM, SUM_THEN_MEAN -> System.arraycopy(scoring.base(), 0, sums, 0, outputs);
            case AVERAGE -> Arrays.fill(sums, 0);
            case MIN -> Arrays.fill(sums, Double.POSITIVE_INFINITY);
            case MAX -> Arrays.fill(sums, Double.NEGATIVE_INFINITY);
        }
        for (int t = 0; t < trees.numTrees(); t++) {
            int leaf = trees.leaf(t, row, 0);
            for (int k = 0; k < trees.leafWidth(); k++) {
                int output = trees.leafWidth() == 1 ? trees.groups()[t] : k;
                sums[output] = join(sums[output], trees.value(leaf, k, row, 0));
            }
        }
        for (int k = 0; k < outputs; k++) {
            scores[at + k] = finished(sums[k], scoring.base()[k]);
        }
    }

    private double join(double sum, double value) {
        return switch (scoring.aggregation()) {
            case SUM, SUM_THEN_MEAN, AVERAGE -> scoring.sum().round(sum + value);
            case MIN -> Math.min(sum, value);
            case MAX -> Math.max(sum, value);
        };
    }

    private double finished(double sum, double base) {
        return switch (scoring.aggregation()) {
            case SUM, SUM_THEN_MEAN -> sum;
            case AVERAGE ->
                    scoring.sum().round(scoring.sum().round(sum / trees.treesPerOutput()) + base);
            case MIN, MAX -> trees.numTrees() == 0 ? base : scoring.sum().round(sum + base);
        };
    }
}
