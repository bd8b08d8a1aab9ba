package dev.nightjar.engine.format.sklearn.state;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.ValueType;
import java.util.Arrays;
import java.util.List;

/** The classes of a classifier. */
public final class Labels {

    private Labels() {}

    /** The labels of an array; at least one. */
    public static ClassLabels of(NumpyArray classes) {
        if (classes.size() == 0) {
            throw new ModelFormatException("expected classes of a classifier, found none");
        }
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
