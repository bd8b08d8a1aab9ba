package dev.nightjar.engine.tabular.numeric;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.transform.Transform;

/**
 * Each row divided by its norm; rows of zeros stay.
 *
 * @param norm which one
 * @param numInputs features
 */
public record Normalize(Norm norm, int numInputs) implements Transform {

    /** The size of a row. */
    public enum Norm {
        /** The sum of magnitudes. */
        L1,
        /** The length. */
        L2,
        /** The largest magnitude. */
        MAX
    }

    @Override
    public int numOutputs() {
        return numInputs;
    }

    @Override
    public Table apply(Table rows) {
        double[] result = rows.numbers().clone();
        for (int from = 0; from < result.length; from += numInputs) {
            double size = size(result, from);
            for (int f = 0; f < numInputs; f++) {
                result[from + f] /= size == 0 ? 1 : size;
            }
        }
        return Table.of(rows.numRows(), numInputs, result);
    }

    private double size(double[] rows, int from) {
        double size = 0;
        for (int f = 0; f < numInputs; f++) {
            double x = Math.abs(rows[from + f]);
            size =
                    switch (norm) {
                        case L1 -> size + x;
                        case L2 -> size + x * x;
                        case MAX -> Math.max(size, x);
                    };
        }
        return norm == Norm.L2 ? Math.sqrt(size) : size;
    }
}
