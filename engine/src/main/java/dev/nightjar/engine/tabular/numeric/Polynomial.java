package dev.nightjar.engine.tabular.numeric;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.List;

/**
 * Products of features.
 *
 * @param numInputs features
 * @param products the factors of each output, by number, none for 1
 */
public record Polynomial(int numInputs, List<int[]> products) implements Transform {

    /** Protects the list. */
    public Polynomial {
        products = List.copyOf(products);
    }

    @Override
    public int numOutputs() {
        return products.size();
    }

    @Override
    public Table apply(Table rows) {
        int width = products.size();
        double[] result = new double[Math.multiplyExact(rows.numRows(), width)];
        for (int i = 0; i < result.length; i++) {
            int row = i / width;
            double product = 1;
            for (int factor : products.get(i % width)) {
                product *= rows.number(row, factor);
            }
            result[i] = product;
        }
        return Table.of(rows.numRows(), width, result);
    }
}
