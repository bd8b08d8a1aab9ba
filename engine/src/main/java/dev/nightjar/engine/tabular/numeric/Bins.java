package dev.nightjar.engine.tabular.numeric;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.transform.Transform;

/**
 * How many inner edges of a feature's bins are not above it.
 *
 * @param edges inner ones a feature, ascending
 */
public record Bins(double[][] edges) implements Transform {

    @Override
    public int numInputs() {
        return edges.length;
    }

    @Override
    public int numOutputs() {
        return edges.length;
    }

    @Override
    public Table apply(Table rows) {
        double[] result = new double[rows.numbers().length];
        for (int i = 0; i < result.length; i++) {
            double x = rows.numbers()[i];
            result[i] = Double.isNaN(x) ? x : bin(edges[i % edges.length], x);
        }
        return Table.of(rows.numRows(), edges.length, result);
    }

    private static int bin(double[] inner, double x) {
        int bin = 0;
        while (bin < inner.length && inner[bin] <= x) {
            bin++;
        }
        return bin;
    }
}
