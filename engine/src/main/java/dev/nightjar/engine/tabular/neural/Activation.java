package dev.nightjar.engine.tabular.neural;

import dev.nightjar.engine.tabular.Link;
import dev.nightjar.engine.tabular.Precision;

/** What a layer does to its sums. */
public enum Activation {
    IDENTITY,
    LOGISTIC,
    TANH,
    RELU,
    SOFTMAX;

    void apply(double[] sums) {
        if (this == SOFTMAX) {
            Link.of(Link.Shape.SOFTMAX).apply(sums, 0, sums.length, Precision.DOUBLE);
            return;
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = one(sums[i]);
        }
    }

    private double one(double x) {
        return switch (this) {
            case LOGISTIC -> 1 / (1 + Math.exp(-x));
            case TANH -> Math.tanh(x);
            case RELU -> Math.max(x, 0);
            default -> x;
        };
    }
}
