package dev.nightjar.engine.tabular;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a model takes and gives.
 *
 * @param inputs one tensor of all features, or one column each
 * @param outputs tensors or columns
 */
public record TabularSchema(List<Field> inputs, List<Field> outputs) {

    /** Protects the lists. */
    public TabularSchema {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** One tensor of all features, or one column each where some are text. */
    public static List<Field> inputs(int numFeatures, List<String> names, Set<Integer> text) {
        if (text.isEmpty()) {
            return List.of(Field.tensor(ValueType.FLOAT64, -1, numFeatures));
        }
        return IntStream.range(0, numFeatures)
                .mapToObj(
                        f ->
                                Field.column(
                                        names.isEmpty() ? Integer.toString(f) : names.get(f),
                                        text.contains(f) ? ValueType.TEXT : ValueType.FLOAT64))
                .toList();
    }

    /** A matrix of numbers in, one number or {@code width} of them a row out. */
    public static TabularSchema matrix(
            ValueType input, int numFeatures, ValueType output, int width) {
        return new TabularSchema(
                List.of(Field.tensor(input, -1, numFeatures)),
                List.of(width == 1 ? Field.tensor(output, -1) : Field.tensor(output, -1, width)));
    }
}
