package dev.nightjar.engine.tabular.graph.feature;

/** What a row is divided by. */
public enum Norm {
    /** Its largest number. */
    MAX,
    /** The sum of the magnitudes of its numbers. */
    L1,
    /** The square root of the sum of the squares of its numbers. */
    L2;

    /** The divisor of a row; 0 if the row is to stay as it is. */
    double of(double[] x, int from, int width) {
        double sum = 0;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + width; i++) {
            max = Math.max(max, x[i]);
            sum += this == L1 ? Math.abs(x[i]) : x[i] * x[i];
        }
        return this == MAX ? max : this == L1 ? sum : Math.sqrt(sum);
    }
}
