package dev.nightjar.engine.tabular.bayes;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.tabular.score.PerRow;

/**
 * Classes whose features are categories 0, 1, 2, …: logarithms of their likelihoods.
 *
 * @param logPriors [classes]
 * @param logs a table [classes, categories] a feature
 */
public record CategoryClasses(double[] logPriors, double[][] logs) implements PerRow {

    @Override
    public int numInputs() {
        return logs.length;
    }

    @Override
    public int numOutputs() {
        return logPriors.length;
    }

    @Override
    public void score(double[] rows, int from, double[] scores, int to) {
        int numClasses = logPriors.length;
        for (int f = 0; f < logs.length; f++) {
            int numCategories = logs[f].length / numClasses;
            double category = rows[from + f];
            if (!(category > -1 && category < numCategories)) {
                throw new InvalidRequestException(
                        "inputs",
                        "expected categories 0 to %d of feature %d, found %s"
                                .formatted(numCategories - 1, f, category));
            }
            for (int k = 0; k < numClasses; k++) {
                scores[to + k] += logs[f][k * numCategories + (int) category];
            }
        }
        for (int k = 0; k < numClasses; k++) {
            scores[to + k] += logPriors[k];
        }
    }
}
