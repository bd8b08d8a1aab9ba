package dev.nightjar.engine.tabular.neighbors;

import dev.nightjar.engine.tabular.score.PerRow;

/**
 * The weighted mean of the neighbours' targets.
 *
 * @param near finds them
 * @param weighting of each
 * @param targets of the training rows, [rows, outputs]
 * @param numOutputs targets a row
 */
public record NeighborMean(Neighborhood near, Weighting weighting, double[] targets, int numOutputs)
        implements PerRow {

    @Override
    public int numInputs() {
        return near.numInputs();
    }

    @Override
    public void score(double[] rows, int from, double[] scores, int to) {
        Neighborhood.Found found = near.some(rows, from);
        double[] weights = weighting.of(found.distances());
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            for (int k = 0; k < numOutputs; k++) {
                scores[to + k] += targets[found.rows()[i] * numOutputs + k] * weights[i];
            }
        }
        for (int k = 0; k < numOutputs; k++) {
            scores[to + k] /= sum;
        }
    }
}
