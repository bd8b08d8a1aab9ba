package dev.nightjar.engine.tabular.transform;

import dev.nightjar.engine.tabular.Table;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Some of the features, as they are.
 *
 * @param numInputs all features
 * @param columns which of them, in their new order
 */
public record Select(int numInputs, int[] columns) implements Transform {

    /** All of so many features. */
    public static Select all(int numInputs) {
        return new Select(numInputs, IntStream.range(0, numInputs).toArray());
    }

    @Override
    public int numOutputs() {
        return columns.length;
    }

    @Override
    public Set<Integer> textInputs(Set<Integer> textOutputs) {
        return textOutputs.stream().map(i -> columns[i]).collect(Collectors.toSet());
    }

    @Override
    public Table apply(Table rows) {
        return rows.select(columns);
    }
}
