package dev.nightjar.engine.tabular.numeric;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.function.DoubleUnaryOperator;

/**
 * One function of every feature.
 *
 * @param function of one number
 * @param numInputs features
 */
public record Elementwise(DoubleUnaryOperator function, int numInputs) implements Transform {

    @Override
    public int numOutputs() {
        return numInputs;
    }

    @Override
    public Table apply(Table rows) {
        double[] result = rows.numbers().clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = function.applyAsDouble(result[i]);
        }
        return Table.of(rows.numRows(), numInputs, result);
    }
}
