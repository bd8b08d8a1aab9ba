package dev.nightjar.engine.tabular.graph.math;

import dev.nightjar.engine.tabular.graph.Budget;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Shape;

/** Each number's share of the sum of e^x. */
public final class Softmax {

    private Softmax() {}

    /**
     * Shares along one axis.
     *
     * @param isLog whether to take their logarithms
     */
    public static NumberArray along(NumberArray x, long axis, boolean isLog, Budget budget) {
        int along = x.shape().axis(axis);
        int inner = x.shape().count(along + 1, x.shape().rank());
        return groups(x, x.shape().size(along), inner, isLog, budget);
    }

    /** Shares along an axis and all behind it, as before version 13. */
    public static NumberArray from(NumberArray x, long axis, boolean isLog, Budget budget) {
        Shape shape = x.shape();
        int from = axis == shape.rank() ? shape.rank() : shape.axis(axis);
        return groups(x, shape.count(from, shape.rank()), 1, isLog, budget);
    }

    private static NumberArray groups(
            NumberArray x, int size, int inner, boolean isLog, Budget budget) {
        NumberArray result = budget.numbers(x.type(), x.shape());
        for (int i = 0; i < result.numbers().length; i++) {
            if (i / inner % size == 0) {
                group(x, result, i, size, inner, isLog);
            }
        }
        return result;
    }

    private static void group(
            NumberArray x, NumberArray result, int at, int size, int inner, boolean isLog) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            largest = Math.max(largest, x.numbers()[at + i * inner]);
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.exp(x.numbers()[at + i * inner] - largest);
        }
        for (int i = 0; i < size; i++) {
            double difference = x.numbers()[at + i * inner] - largest;
            double share = isLog ? difference - Math.log(sum) : Math.exp(difference) / sum;
            result.numbers()[at + i * inner] = x.type().round(share);
        }
    }
}
