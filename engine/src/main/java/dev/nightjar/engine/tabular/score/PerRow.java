package dev.nightjar.engine.tabular.score;

import dev.nightjar.engine.tabular.Table;

/** A function that takes one row of numbers after the other. */
public interface PerRow extends RowFunction {

    /**
     * The numbers of one row.
     *
     * @param rows features, those of this row from {@code from} on
     * @param scores filled from {@code to} on; zeros before
     */
    void score(double[] rows, int from, double[] scores, int to);

    @Override
    default double[] apply(Table rows) {
        double[] scores = new double[Math.multiplyExact(rows.numRows(), numOutputs())];
        for (int r = 0; r < rows.numRows(); r++) {
            score(rows.numbers(), r * numInputs(), scores, r * numOutputs());
        }
        return scores;
    }
}
