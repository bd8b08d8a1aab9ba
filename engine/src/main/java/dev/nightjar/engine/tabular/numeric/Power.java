package dev.nightjar.engine.tabular.numeric;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.transform.Transform;

/**
 * A power of each feature that makes it more normal: Box and Cox's for positive ones, Yeo and
 * Johnson's for all.
 *
 * @param isBoxCox which of both
 * @param exponents one a feature
 */
public record Power(boolean isBoxCox, double[] exponents) implements Transform {

    @Override
    public int numInputs() {
        return exponents.length;
    }

    @Override
    public int numOutputs() {
        return exponents.length;
    }

    @Override
    public Table apply(Table rows) {
        double[] result = rows.numbers().clone();
        for (int i = 0; i < result.length; i++) {
            double exponent = exponents[i % exponents.length];
            result[i] = isBoxCox ? boxCox(result[i], exponent) : yeoJohnson(result[i], exponent);
        }
        return Table.of(rows.numRows(), exponents.length, result);
    }

    private static double boxCox(double x, double exponent) {
        return exponent == 0 ? Math.log(x) : Math.expm1(exponent * Math.log(x)) / exponent;
    }

    private static double yeoJohnson(double x, double exponent) {
        if (x >= 0) {
            return Math.abs(exponent) < Math.ulp(1.0)
                    ? Math.log1p(x)
                    : (Math.pow(x + 1, exponent) - 1) / exponent;
        }
        double other = 2 - exponent;
        return Math.abs(other) > Math.ulp(1.0)
                ? -(Math.pow(1 - x, other) - 1) / other
                : -Math.log1p(-x);
    }
}
