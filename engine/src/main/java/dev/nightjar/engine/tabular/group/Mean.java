package dev.nightjar.engine.tabular.group;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.score.RowFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The weighted sum of several functions of the same rows, divided at last.
 *
 * @param parts at least one, of equal inputs and outputs
 * @param weights one a part
 * @param divisor of the sum
 */
public record Mean(List<RowFunction> parts, double[] weights, double divisor)
        implements RowFunction {

    /** The plain mean. */
    public static Mean of(List<RowFunction> parts) {
        double[] ones = new double[parts.size()];
        Arrays.fill(ones, 1);
        return new Mean(parts, ones, parts.size());
    }

    /** The weighted mean. */
    public static Mean of(List<RowFunction> parts, double[] weights) {
        return new Mean(parts, weights, Arrays.stream(weights).sum());
    }

    @Override
    public int numInputs() {
        return parts.getFirst().numInputs();
    }

    @Override
    public int numOutputs() {
        return parts.getFirst().numOutputs();
    }

    @Override
    public Set<Integer> textInputs() {
        return parts.getFirst().textInputs();
    }

    @Override
    public double[] apply(Table rows) {
        double[] sums = new double[Math.multiplyExact(rows.numRows(), numOutputs())];
        for (int p = 0; p < parts.size(); p++) {
            double[] values = parts.get(p).apply(rows);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += weights[p] * values[i];
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= divisor;
        }
        return sums;
    }
}
