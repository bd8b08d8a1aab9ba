package dev.nightjar.engine.tabular.svm;

/**
 * The likeness of two rows.
 *
 * @param shape which function
 * @param gamma factor of distances or products
 * @param offset added to products
 * @param degree power of a polynomial
 */
public record Kernel(Shape shape, double gamma, double offset, int degree) {

    /** One function. */
    public enum Shape {
        /** x·y. */
        LINEAR,
        /** (gamma x·y + offset)^degree. */
        POLYNOMIAL,
        /** e^(−gamma |x − y|²). */
        RADIAL,
        /** tanh(gamma x·y + offset). */
        SIGMOID
    }

    /** The likeness of a row and a support vector, both of so many features. */
    double of(double[] row, int from, double[] vectors, int at, int width) {
        if (shape == Shape.RADIAL) {
            double sum = 0;
            for (int f = 0; f < width; f++) {
                double d = row[from + f] - vectors[at + f];
                sum += d * d;
            }
            return Math.exp(-gamma * sum);
        }
        double dot = 0;
        for (int f = 0; f < width; f++) {
            dot += row[from + f] * vectors[at + f];
        }
        return switch (shape) {
            case POLYNOMIAL -> power(gamma * dot + offset);
            case SIGMOID -> Math.tanh(gamma * dot + offset);
            default -> dot;
        };
    }

    /** By squaring, in the order that libsvm multiplies in. */
    private double power(double base) {
        double square = base;
        double result = 1;
        for (int t = degree; t > 0; t /= 2) {
            if (t % 2 == 1) {
                result *= square;
            }
            square *= square;
        }
        return result;
    }
}
