package dev.nightjar.kernels.cpu.scalar;

import dev.nightjar.kernels.backend.Activation;

/** The element-wise functions in double precision. */
final class ScalarActivations {

    private static final double SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);

    private ScalarActivations() {}

    static double of(Activation activation, double x) {
        return switch (activation) {
            case SILU -> x * sigmoid(x);
            case GELU -> x * normalDistribution(x);
            // (1 + tanh(y)) / 2 = sigmoid(2y), which keeps its digits where tanh(y) is near -1
            case GELU_TANH -> geluTanh(x);
            case GELU_TANH_HALF -> Math.abs(x) < 10 ? half(geluTanh(half(x))) : Math.max(0, x);
            case GELU_QUICK -> x * sigmoid(1.702 * x);
            case RELU -> Math.max(0, x);
            case RELU_SQUARED -> Math.max(0, x) * Math.max(0, x);
        };
    }

    private static double geluTanh(double x) {
        return x * sigmoid(2 * SQRT_2_OVER_PI * (x + 0.044715 * x * x * x));
    }

    private static double half(double x) {
        return Float.float16ToFloat(Float.floatToFloat16((float) x));
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /**
     * Phi(x) = (1 + erf(x / sqrt 2)) / 2. For small arguments by the series Phi(x) = 1/2 + phi(x) *
     * (x + x^3/3 + x^5/(3*5) + …), for large ones by the continued fraction of the tail; both
     * converge to double precision here.
     */
    private static double normalDistribution(double x) {
        double density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
        if (Math.abs(x) < 5) {
            double term = x;
            double sum = x;
            for (int n = 3; Math.abs(term) > 1e-18 * Math.abs(sum); n += 2) {
                term *= x * x / n;
                sum += term;
            }
            return 0.5 + density * sum;
        }
        double fraction = 0;
        for (int n = 60; n > 0; n--) {
            fraction = n / (Math.abs(x) + fraction);
        }
        double tail = density / (Math.abs(x) + fraction);
        return x < 0 ? tail : 1 - tail;
    }
}
