package dev.nightjar.engine.tabular.bayes;

import dev.nightjar.engine.tabular.score.PerRow;

/**
 * Classes whose features are independent and normal: logarithms of their likelihoods.
 *
 * @param logPriors [classes]
 * @param means [classes, features]
 * @param variances [classes, features]
 */
public record GaussianClasses(double[] logPriors, double[] means, double[] variances)
        implements PerRow {

    @Override
    public int numInputs() {
        return means.length / logPriors.length;
    }

    @Override
    public int numOutputs() {
        return logPriors.length;
    }

    @Override
    public void score(double[] rows, int from, double[] scores, int to) {
        int width = numInputs();
        for (int k = 0; k < logPriors.length; k++) {
            double logs = 0;
            double squares = 0;
            for (int f = 0; f < width; f++) {
                double variance = variances[k * width + f];
                double d = rows[from + f] - means[k * width + f];
                logs += Math.log(2 * Math.PI * variance);
                squares += d * d / variance;
            }
            scores[to + k] = logPriors[k] + (-0.5 * logs - 0.5 * squares);
        }
    }
}
