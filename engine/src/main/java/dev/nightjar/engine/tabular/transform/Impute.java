package dev.nightjar.engine.tabular.transform;

import dev.nightjar.engine.tabular.Table;

/**
 * Fills in what is missing.
 *
 * @param missing the number that counts as missing, or NaN
 * @param fill one a feature; NaN where the feature is left out
 */
public record Impute(double missing, double[] fill) implements Transform {

    @Override
    public int numInputs() {
        return fill.length;
    }

    @Override
    public int numOutputs() {
        int kept = 0;
        for (double value : fill) {
            kept += Double.isNaN(value) ? 0 : 1;
        }
        return kept;
    }

    @Override
    public Table apply(Table rows) {
        int width = numOutputs();
        double[] result = new double[rows.numRows() * width];
        for (int r = 0; r < rows.numRows(); r++) {
            int to = r * width;
            for (int f = 0; f < fill.length; f++) {
                if (!Double.isNaN(fill[f])) {
                    double x = rows.number(r, f);
                    boolean isMissing = Double.isNaN(missing) ? Double.isNaN(x) : x == missing;
                    result[to++] = isMissing ? fill[f] : x;
                }
            }
        }
        return Table.of(rows.numRows(), width, result);
    }
}
