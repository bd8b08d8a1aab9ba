package dev.nightjar.engine.tabular.tree.score;

import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.TreeEnsemble;
import dev.nightjar.kernels.tree.TreeKernels;
import java.util.stream.IntStream;

/** Computes raw scores; safe for use by several threads. */
public interface Scorer {
    /** Work below which a second thread costs more than it brings: rows times trees. */
    long PARALLEL_WORK = 200_000;

    int CHUNK_ROWS = 256;

    /** The fastest scorer for an ensemble. */
    static Scorer of(TreeEnsemble trees, Scoring scoring) {
        return BlockScorer.fits(trees, scoring)
                ? new BlockScorer(trees, scoring, TreeKernels.best())
                : new ReferenceScorer(trees, scoring);
    }

    /**
     * Scores some rows.
     *
     * @param rows [rows, features], not yet rounded
     * @param scores [rows, outputs], written from row {@code from} to before row {@code to}
     */
    void score(double[] rows, int from, int to, double[] scores);

    /** Scores all rows, on several threads if that is worth it. */
    default double[] scores(double[] rows, int numRows, int numOutputs, int numTrees) {
        double[] scores = new double[numRows * numOutputs];
        if ((long) numRows * numTrees < PARALLEL_WORK || numRows <= CHUNK_ROWS) {
            score(rows, 0, numRows, scores);
            return scores;
        }
        int numChunks = (numRows + CHUNK_ROWS - 1) / CHUNK_ROWS;
        IntStream.range(0, numChunks)
                .parallel()
                .forEach(
                        c ->
                                score(
                                        rows,
                                        c * CHUNK_ROWS,
                                        Math.min(numRows, (c + 1) * CHUNK_ROWS),
                                        scores));
        return scores;
    }

    /** The rows as a model compares them. */
    static double[] rounded(double[] rows, Precision precision) {
        if (precision == Precision.DOUBLE) {
            return rows;
        }
        double[] rounded = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            rounded[i] = (float) rows[i];
        }
        return rounded;
    }
}
