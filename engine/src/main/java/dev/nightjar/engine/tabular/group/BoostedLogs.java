package dev.nightjar.engine.tabular.group;

import dev.nightjar.engine.tabular.score.Changed.Change;

/**
 * Probabilities as votes of SAMME.R: their logarithms less their mean, times the number of other
 * classes.
 *
 * @param numClasses how many
 */
public record BoostedLogs(int numClasses) implements Change {

    @Override
    public void apply(double[] probabilities, int from, double[] after, int to) {
        double sum = 0;
        for (int k = 0; k < numClasses; k++) {
            double p = Math.max(probabilities[from + k], Math.ulp(1.0));
            after[to + k] = Math.log(p);
            sum += after[to + k];
        }
        for (int k = 0; k < numClasses; k++) {
            after[to + k] = (numClasses - 1) * (after[to + k] - 1.0 / numClasses * sum);
        }
    }
}
