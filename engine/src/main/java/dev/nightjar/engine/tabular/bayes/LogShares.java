package dev.nightjar.engine.tabular.bayes;

import dev.nightjar.engine.tabular.score.Changed.Change;

/**
 * From logarithms of likelihoods that belong together to probabilities.
 *
 * @param width how many
 */
public record LogShares(int width) implements Change {

    @Override
    public void apply(double[] logs, int from, double[] after, int to) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < width; k++) {
            largest = Math.max(largest, logs[from + k]);
        }
        double base = Double.isInfinite(largest) ? 0 : largest;
        double sum = 0;
        for (int k = 0; k < width; k++) {
            sum += Math.exp(logs[from + k] - base);
        }
        double log = Math.log(sum) + base;
        for (int k = 0; k < width; k++) {
            after[to + k] = Math.exp(logs[from + k] - log);
        }
    }
}
