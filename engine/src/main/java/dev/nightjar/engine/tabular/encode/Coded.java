package dev.nightjar.engine.tabular.encode;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A number for each category.
 *
 * @param numInputs features
 * @param outputs in order
 */
public record Coded(int numInputs, List<Output> outputs) implements Transform {

    /** Protects the list. */
    public Coded {
        outputs = List.copyOf(outputs);
    }

    /**
     * One output.
     *
     * @param column of the feature that it stands for
     * @param categories that it may be of
     * @param codes one a category
     * @param unknown of all others; they are refused if there is none
     */
    public record Output(
            int column, Categories categories, double[] codes, OptionalDouble unknown) {}

    @Override
    public int numOutputs() {
        return outputs.size();
    }

    @Override
    public Set<Integer> textInputs(Set<Integer> textOutputs) {
        return outputs.stream()
                .filter(output -> output.categories.isText())
                .map(Output::column)
                .collect(Collectors.toSet());
    }

    @Override
    public Table apply(Table rows) {
        int width = outputs.size();
        double[] all = new double[Math.multiplyExact(rows.numRows(), width)];
        for (int i = 0; i < all.length; i++) {
            all[i] = code(rows, i / width, outputs.get(i % width));
        }
        return Table.of(rows.numRows(), width, all);
    }

    private static double code(Table rows, int row, Output output) {
        OptionalInt category = output.categories.of(rows, row, output.column);
        return category.isPresent()
                ? output.codes[category.getAsInt()]
                : output.unknown.orElseThrow(() -> Unknown.of(rows, row, output.column));
    }
}
