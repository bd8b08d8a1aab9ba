package dev.nightjar.engine.tabular.graph.estimator;

import dev.nightjar.engine.tabular.graph.Array;
import dev.nightjar.engine.tabular.graph.Budget;
import dev.nightjar.engine.tabular.graph.Shape;

/**
 * The labels that a classifier chooses from.
 *
 * @param labels a vector of integers or text
 */
public record Classes(Array labels) {

    /** How many. */
    public int count() {
        return labels.shape().count();
    }

    /** The labels of classes. */
    public Array of(int[] chosen, Budget budget) {
        Array result = budget.like(labels, new Shape(chosen.length));
        for (int i = 0; i < chosen.length; i++) {
            result.copy(labels, chosen[i], i, 1);
        }
        return result;
    }

    /** The place of the largest score of a row, the first of equals. */
    static int largest(double[] scores, int offset, int width) {
        int best = 0;
        for (int k = 1; k < width; k++) {
            best = scores[offset + k] > scores[offset + best] ? k : best;
        }
        return best;
    }
}
