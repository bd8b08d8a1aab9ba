package dev.nightjar.engine.tabular.group;

import dev.nightjar.engine.tabular.score.PerRow;

/**
 * The features as they are.
 *
 * @param numInputs how many
 */
public record Features(int numInputs) implements PerRow {

    @Override
    public int numOutputs() {
        return numInputs;
    }

    @Override
    public void score(double[] rows, int from, double[] scores, int to) {
        System.arraycopy(rows, from, scores, to, numInputs);
    }
}
