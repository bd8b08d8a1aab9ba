package dev.nightjar.engine.tabular.neighbors;

import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.PerRow;
import dev.nightjar.engine.tabular.score.RowFunction;

/**
 * The distance from each centre.
 *
 * @param centres [centres, features]
 * @param numInputs features
 * @param metric between rows
 */
public record CentreDistances(double[] centres, int numInputs, Metric metric) implements PerRow {

    /** The number of the nearest centre, the first of equals. */
    public RowFunction nearest() {
        int width = numOutputs();
        return new Changed(
                this,
                1,
                (distances, from, after, to) -> {
                    int best = 0;
                    for (int k = 1; k < width; k++) {
                        if (distances[from + k] < distances[from + best]) {
                            best = k;
                        }
                    }
                    after[to] = best;
                });
    }

    @Override
    public int numOutputs() {
        return centres.length / numInputs;
    }

    @Override
    public void score(double[] rows, int from, double[] scores, int to) {
        for (int k = 0; k < numOutputs(); k++) {
            scores[to + k] = metric.of(rows, from, centres, k * numInputs, numInputs);
        }
    }
}
