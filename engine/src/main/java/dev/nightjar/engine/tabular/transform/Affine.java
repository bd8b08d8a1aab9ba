package dev.nightjar.engine.tabular.transform;

import dev.nightjar.engine.tabular.Table;

/**
 * Each feature less an offset, then divided or multiplied, then plus another offset, in this order
 * and in double; clipped at last if there are bounds.
 *
 * @param before subtracted, one a feature
 * @param divisors or 1
 * @param factors or 1
 * @param after added
 * @param low least result
 * @param high greatest result
 */
public record Affine(
        double[] before,
        double[] divisors,
        double[] factors,
        double[] after,
        double low,
        double high)
        implements Transform {

    @Override
    public int numInputs() {
        return before.length;
    }

    @Override
    public int numOutputs() {
        return before.length;
    }

    @Override
    public Table apply(Table rows) {
        int width = before.length;
        double[] result = new double[rows.numRows() * width];
        for (int i = 0; i < result.length; i++) {
            int f = i % width;
            double x = (rows.numbers()[i] - before[f]) / divisors[f] * factors[f] + after[f];
            result[i] = x < low ? low : x > high ? high : x;
        }
        return Table.of(rows.numRows(), width, result);
    }
}
