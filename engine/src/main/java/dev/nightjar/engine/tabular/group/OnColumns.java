package dev.nightjar.engine.tabular.group;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.score.RowFunction;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A function of some of the features.
 *
 * @param inner of those
 * @param numInputs all features
 * @param columns which of them, in the order of the inner function
 */
public record OnColumns(RowFunction inner, int numInputs, int[] columns) implements RowFunction {

    @Override
    public int numOutputs() {
        return inner.numOutputs();
    }

    @Override
    public Set<Integer> textInputs() {
        return inner.textInputs().stream().map(i -> columns[i]).collect(Collectors.toSet());
    }

    @Override
    public double[] apply(Table rows) {
        return inner.apply(rows.select(columns));
    }
}
