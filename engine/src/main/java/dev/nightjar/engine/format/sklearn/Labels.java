package dev.nightjar.engine.format.sklearn;

import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.ValueType;
import java.util.Arrays;
import java.util.List;

/** The classes of a classifier. */
final class Labels {

    private Labels() {}

    static ClassLabels of(NumpyArray classes) {
        if (classes.isText()) {
            return ClassLabels.of(classes.texts());
        }
        ValueType type =
                classes.isInteger()
                        ? ValueType.INT64
                        : classes.isBoolean() ? ValueType.BOOLEAN : ValueType.FLOAT64;
        return new ClassLabels(type, Arrays.stream(classes.numbers()).boxed().toList(), List.of());
    }
}
