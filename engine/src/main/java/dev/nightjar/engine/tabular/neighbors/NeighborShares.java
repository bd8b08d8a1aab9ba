package dev.nightjar.engine.tabular.neighbors;

import dev.nightjar.engine.tabular.score.PerRow;

/**
 * The share of each class among the neighbours.
 *
 * @param near finds them
 * @param weighting of each
 * @param classes of the training rows
 * @param numOutputs how many classes
 */
public record NeighborShares(Neighborhood near, Weighting weighting, int[] classes, int numOutputs)
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
            scores[to + classes[found.rows()[i]]] += weights[i];
        }
        for (int k = 0; k < numOutputs; k++) {
            sum += scores[to + k];
        }
        for (int k = 0; k < numOutputs; k++) {
            scores[to + k] /= sum == 0 ? 1 : sum;
        }
    }
}
