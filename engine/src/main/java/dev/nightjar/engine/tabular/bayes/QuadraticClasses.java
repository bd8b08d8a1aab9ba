package dev.nightjar.engine.tabular.bayes;

import dev.nightjar.engine.tabular.score.PerRow;

/**
 * Classes whose features are normal with a covariance each: logarithms of their likelihoods up to
 * one number. A class measures its distance along axes of its own.
 *
 * @param constants [classes], added last
 * @param means [classes, features]
 * @param axes one matrix [features, axes] a class, divided by the deviations along the axes
 */
public record QuadraticClasses(double[] constants, double[] means, double[][] axes)
        implements PerRow {

    @Override
    public int numInputs() {
        return means.length / constants.length;
    }

    @Override
    public int numOutputs() {
        return constants.length;
    }

    @Override
    public void score(double[] rows, int from, double[] scores, int to) {
        int width = numInputs();
        for (int k = 0; k < constants.length; k++) {
            int numAxes = axes[k].length / width;
            double squares = 0;
            for (int a = 0; a < numAxes; a++) {
                double along = 0;
                for (int f = 0; f < width; f++) {
                    along += (rows[from + f] - means[k * width + f]) * axes[k][f * numAxes + a];
                }
                squares += along * along;
            }
            scores[to + k] = -0.5 * squares + constants[k];
        }
    }
}
