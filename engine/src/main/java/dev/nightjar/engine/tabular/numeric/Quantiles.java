package dev.nightjar.engine.tabular.numeric;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.transform.Transform;

/**
 * Each feature's share of smaller training values, between known quantiles by straight lines; where
 * quantiles repeat, the mean of the shares before and behind. Optionally as the number of which the
 * normal distribution says so.
 *
 * @param quantiles ascending, one array a feature
 * @param shares of each quantile
 * @param isNormal whether shares become normal
 */
public record Quantiles(double[][] quantiles, double[] shares, boolean isNormal)
        implements Transform {
    /** How near to an end normal shares are kept. */
    private static final double BOUND = 1e-7;

    private static final double LEAST = BOUND - Math.ulp(1.0);

    @Override
    public int numInputs() {
        return quantiles.length;
    }

    @Override
    public int numOutputs() {
        return quantiles.length;
    }

    @Override
    public Table apply(Table rows) {
        double[] result = new double[rows.numbers().length];
        for (int i = 0; i < result.length; i++) {
            result[i] = one(quantiles[i % quantiles.length], rows.numbers()[i]);
        }
        return Table.of(rows.numRows(), quantiles.length, result);
    }

    private double one(double[] known, double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        double margin = isNormal ? BOUND : 0;
        double share;
        if (isBelow(x - margin, known[0])) {
            share = 0;
        } else if (isBelow(-x - margin, -known[known.length - 1])) {
            share = 1;
        } else {
            share = 0.5 * (before(known, x) + behind(known, x));
        }
        return isNormal
                ? Math.clamp(
                        NormalQuantile.of(share),
                        NormalQuantile.of(LEAST),
                        NormalQuantile.of(1 - LEAST))
                : share;
    }

    private boolean isBelow(double x, double bound) {
        return isNormal ? x < bound : x <= bound;
    }

    /** The share at the last of equal quantiles. */
    private double before(double[] known, double x) {
        int low = -1;
        while (low + 1 < known.length && known[low + 1] <= x) {
            low++;
        }
        if (low < 0 || low == known.length - 1) {
            return shares[Math.max(low, 0)];
        }
        return between(known, low, x, low);
    }

    /** The share at the first of equal quantiles. */
    private double behind(double[] known, double x) {
        int high = known.length;
        while (high > 0 && known[high - 1] >= x) {
            high--;
        }
        if (high == 0 || high == known.length) {
            return shares[Math.min(high, known.length - 1)];
        }
        return between(known, high - 1, x, high);
    }

    private double between(double[] known, int low, double x, int from) {
        double slope = (shares[low + 1] - shares[low]) / (known[low + 1] - known[low]);
        return slope * (x - known[from]) + shares[from];
    }
}
