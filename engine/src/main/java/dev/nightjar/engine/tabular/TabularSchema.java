package dev.nightjar.engine.tabular;

import java.util.List;

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

    /** A matrix of numbers in, one number or {@code width} of them a row out. */
    public static TabularSchema matrix(
            ValueType input, int numFeatures, ValueType output, int width) {
        return new TabularSchema(
                List.of(Field.tensor(input, -1, numFeatures)),
                List.of(width == 1 ? Field.tensor(output, -1) : Field.tensor(output, -1, width)));
    }
}
