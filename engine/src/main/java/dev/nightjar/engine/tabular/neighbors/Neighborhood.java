package dev.nightjar.engine.tabular.neighbors;

import dev.nightjar.engine.request.InvalidRequestException;
import java.util.Arrays;

/**
 * The training rows that are near a row: the nearest few, or all within a distance. All training
 * rows are looked at, whatever tree a library keeps them in.
 *
 * @param rows training rows, [rows, features]
 * @param numInputs features
 * @param metric between rows
 * @param most how many at most
 * @param radius how far at most
 */
public record Neighborhood(double[] rows, int numInputs, Metric metric, int most, double radius) {

    /**
     * Neighbours, nearest first; of equals, the first of the training rows.
     *
     * @param rows their numbers
     * @param distances of each
     */
    record Found(int[] rows, double[] distances) {}

    Found of(double[] row, int from) {
        int numRows = rows.length / numInputs;
        int[] near = new int[Math.min(most, numRows)];
        double[] distances = new double[near.length];
        int count = 0;
        for (int r = 0; r < numRows; r++) {
            double distance = metric.of(row, from, rows, r * numInputs, numInputs);
            if (distance > radius || count == near.length && distance >= distances[count - 1]) {
                continue;
            }
            int place = count < near.length ? count++ : count - 1;
            while (place > 0 && distances[place - 1] > distance) {
                distances[place] = distances[place - 1];
                near[place] = near[place - 1];
                place--;
            }
            distances[place] = distance;
            near[place] = r;
        }
        return new Found(Arrays.copyOf(near, count), Arrays.copyOf(distances, count));
    }

    /** As {@link #of}, but at least one. */
    Found some(double[] row, int from) {
        Found found = of(row, from);
        if (found.rows.length == 0) {
            throw new InvalidRequestException(
                    "inputs",
                    "expected rows with neighbours within %s, found one without".formatted(radius));
        }
        return found;
    }
}
