package dev.nightjar.engine.tabular.neighbors;

import java.util.Arrays;

/** How much each neighbour counts. */
public enum Weighting {
    UNIFORM,
    /** One by the distance; where some are at no distance at all, those alone. */
    DISTANCE;

    double[] of(double[] distances) {
        double[] weights = new double[distances.length];
        if (this == UNIFORM) {
            Arrays.fill(weights, 1);
            return weights;
        }
        boolean isOnOne = Arrays.stream(distances).anyMatch(d -> d == 0);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = isOnOne ? distances[i] == 0 ? 1 : 0 : 1 / distances[i];
        }
        return weights;
    }
}
