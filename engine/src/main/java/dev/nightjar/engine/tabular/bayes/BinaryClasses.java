package dev.nightjar.engine.tabular.bayes;

import dev.nightjar.engine.tabular.score.PerRow;

/**
 * Classes whose features are there or not: logarithms of their likelihoods.
 *
 * @param threshold above which a feature is there
 * @param logPriors [classes]
 * @param logs [classes, features], of the probability that a feature is there
 */
public record BinaryClasses(double threshold, double[] logPriors, double[] logs) implements PerRow {

    @Override
    public int numInputs() {
        return logs.length / logPriors.length;
    }

    @Override
    public int numOutputs() {
        return logPriors.length;
    }

    @Override
    public void score(double[] rows, int from, double[] scores, int to) {
        int width = numInputs();
        for (int k = 0; k < logPriors.length; k++) {
            double there = 0;
            double absent = 0;
            for (int f = 0; f < width; f++) {
                double log = logs[k * width + f];
                double other = Math.log(1 - Math.exp(log));
                there += rows[from + f] > threshold ? log - other : 0;
                absent += other;
            }
            scores[to + k] = there + (logPriors[k] + absent);
        }
    }
}
