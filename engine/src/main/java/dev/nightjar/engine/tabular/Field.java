package dev.nightjar.engine.tabular;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One input or output of a model: a column, or a tensor.
 *
 * @param name of the column or tensor, or empty
 * @param type of its values
 * @param shape of a tensor, −1 for any size; empty for a column
 * @param isRequired whether an input must be there
 */
public record Field(
        Optional<String> name, ValueType type, Optional<List<Long>> shape, boolean isRequired) {

    /** An unnamed tensor. */
    public static Field tensor(ValueType type, long... shape) {
        List<Long> sizes = Arrays.stream(shape).boxed().toList();
        return new Field(Optional.empty(), type, Optional.of(sizes), true);
    }

    /** A required column. */
    public static Field column(String name, ValueType type) {
        return new Field(Optional.of(name), type, Optional.empty(), true);
    }

    /** Whether it is a tensor. */
    public boolean isTensor() {
        return shape.isPresent();
    }
}
