package dev.nightjar.engine.tabular.graph.estimator;

/**
 * How alike two vectors are.
 *
 * @param kind of function
 * @param gamma factor of the product or of the squared distance
 * @param constant added to the product
 * @param degree power of a polynomial
 */
public record SvmKernel(Kind kind, double gamma, double constant, double degree) {

    /** A kind of function. */
    public enum Kind {
        LINEAR,
        POLY,
        RBF,
        SIGMOID
    }

    /** The function of row {@code r} and the vector that begins at {@code at}. */
    double of(Rows rows, int r, double[] vectors, int at) {
        double sum = 0;
        for (int f = 0; f < rows.width(); f++) {
            double x = rows.number(r, f);
            double y = vectors[at + f];
            sum += kind == Kind.RBF ? (x - y) * (x - y) : x * y;
        }
        return switch (kind) {
            case LINEAR -> sum;
            case POLY -> Math.pow(gamma * sum + constant, degree);
            case RBF -> Math.exp(-gamma * sum);
            case SIGMOID -> Math.tanh(gamma * sum + constant);
        };
    }
}
