package dev.nightjar.engine.tabular.tree;

/**
 * A leaf that is a linear function of some features, unless one of them is NaN.
 *
 * @param constant the function at zero
 * @param features indices
 * @param coefficients one a feature
 */
public record LinearLeaf(double constant, int[] features, double[] coefficients) {

    /** The function's value, or {@code otherwise} if a feature is NaN. */
    double value(double[] row, int offset, double otherwise) {
        double sum = constant;
        for (int i = 0; i < features.length; i++) {
            double x = row[offset + features[i]];
            if (Double.isNaN(x)) {
                return otherwise;
            }
            sum += coefficients[i] * x;
        }
        return sum;
    }
}
