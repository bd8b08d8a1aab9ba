package dev.nightjar.engine.tabular;

/**
 * The inverse of the standard normal distribution by S. Winitzki's approximation of the inverse
 * error function, which is the one that ONNX runtimes use.
 */
final class Probit {
    private static final double A = 0.147;

    private Probit() {}

    static double of(double p) {
        double x = 2 * p - 1;
        double sign = x < 0 ? -1 : 1;
        double log = Math.log((1 - x) * (1 + x));
        double half = 2 / (Math.PI * A) + 0.5 * log;
        double under = Math.sqrt(half * half - log / A) - half;
        return Math.sqrt(2) * sign * Math.sqrt(under);
    }
}
