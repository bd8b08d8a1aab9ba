package dev.nightjar.engine.tabular.linear;

import dev.nightjar.engine.tabular.score.PerRow;

/**
 * Weighted sums of features and constants.
 *
 * @param weights [outputs, features]
 * @param constants [outputs], added last
 */
public record LinearFunction(double[] weights, double[] constants) implements PerRow {

    @Override
    public int numInputs() {
        return weights.length / constants.length;
    }

    @Override
    public int numOutputs() {
        return constants.length;
    }

    @Override
    public void score(double[] rows, int from, double[] scores, int to) {
        int width = numInputs();
        for (int k = 0; k < constants.length; k++) {
            double sum = 0;
            for (int f = 0; f < width; f++) {
                sum += rows[from + f] * weights[k * width + f];
            }
            scores[to + k] = sum + constants[k];
        }
    }
}
