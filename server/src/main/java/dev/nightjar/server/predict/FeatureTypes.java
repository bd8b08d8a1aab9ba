package dev.nightjar.server.predict;

import dev.nightjar.engine.tabular.Field;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import java.util.Arrays;
import java.util.List;

/** The type that a model's schema declares for each of its features. */
public final class FeatureTypes {

    private FeatureTypes() {}

    /** One for each feature, in order. */
    public static ValueType[] of(TabularModel model) {
        ValueType[] types = new ValueType[model.numFeatures()];
        List<Field> inputs = model.schema().inputs();
        boolean isTensor = inputs.size() == 1 && inputs.getFirst().isTensor();
        if (isTensor) {
            Arrays.fill(types, inputs.getFirst().type());
        } else {
            for (int i = 0; i < types.length; i++) {
                types[i] = column(model, inputs, i).type();
            }
        }
        for (int i = 0; i < types.length; i++) {
            // What is computed decides about text, whatever a file says.
            boolean isText = model.textFeatures().contains(i);
            if (isText != (types[i] == ValueType.TEXT)) {
                types[i] = isText ? ValueType.TEXT : ValueType.FLOAT64;
            }
        }
        return types;
    }

    /** Whether a feature may be left out where columns are named. */
    static boolean isOptional(TabularModel model, int feature) {
        List<Field> inputs = model.schema().inputs();
        return inputs.stream().noneMatch(Field::isTensor)
                && !column(model, inputs, feature).isRequired();
    }

    /** What is declared for a feature: by its name, else by its place. */
    private static Field column(TabularModel model, List<Field> inputs, int feature) {
        Field usual = Field.column("", ValueType.FLOAT64);
        if (model.featureNames().isEmpty()) {
            return feature < inputs.size() ? inputs.get(feature) : usual;
        }
        String name = model.featureNames().get(feature);
        return inputs.stream()
                .filter(field -> field.name().filter(name::equals).isPresent())
                .findFirst()
                .orElse(usual);
    }

    /** A type as people know it, with the name that schemas give it. */
    static String words(ValueType type) {
        String kind =
                switch (type) {
                    case FLOAT64, FLOAT32 -> "a number";
                    case INT64, INT32 -> "an integer";
                    case BOOLEAN -> "a boolean";
                    case TEXT -> "a string";
                };
        return "%s (%s)".formatted(kind, type.columnName());
    }
}
