package dev.nightjar.engine.tabular.graph.feature;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.tabular.graph.Array;
import dev.nightjar.engine.tabular.graph.Budget;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Shape;
import dev.nightjar.engine.tabular.graph.TextArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** From a number or text to another; of equal keys the last one counts. */
public final class LabelMap {
    private final Map<Object, Integer> places = new HashMap<>();
    private final boolean isText;
    private final boolean isNanKey;
    private final Array keys;

    /**
     * A map from each key to its place.
     *
     * @param isNanKey whether NaN equals NaN
     */
    public LabelMap(Array keys, boolean isNanKey) {
        this.keys = keys;
        this.isNanKey = isNanKey;
        isText = keys instanceof TextArray;
        for (int i = 0; i < keys.shape().count(); i++) {
            places.put(key(keys, i), i);
        }
    }

    private static Object key(Array array, int i) {
        return switch (array) {
            case TextArray texts -> texts.texts()[i];
            // Adding 0 makes one of both zeros.
            case NumberArray numbers -> numbers.numbers()[i] + 0.0;
        };
    }

    private int place(Array x, int i) {
        Object key = key(x, i);
        boolean isUnequal = !isNanKey && key instanceof Double number && number.isNaN();
        return isUnequal ? -1 : places.getOrDefault(key, -1);
    }

    private void requireFitting(Array x) {
        if (x instanceof TextArray != isText) {
            throw new ModelFormatException(
                    "expected an array of %s, found %s"
                            .formatted(isText ? "text" : "numbers", x.kind()));
        }
    }

    /**
     * Each element's value.
     *
     * @param values one a key
     * @param otherwise one element for what is no key
     */
    public Array map(Array x, Array values, Array otherwise, Budget budget) {
        requireFitting(x);
        Array result = budget.like(values, x.shape());
        for (int i = 0; i < x.shape().count(); i++) {
            int place = place(x, i);
            result.copy(place < 0 ? otherwise : values, Math.max(0, place), i, 1);
        }
        return result;
    }

    /**
     * A one at each element's place among the keys, in a new last dimension; numbers are cut to
     * whole ones first.
     *
     * @param canBeUnknown whether what is no key becomes zeros rather than an error
     */
    public NumberArray oneHot(Array x, boolean canBeUnknown, Budget budget) {
        requireFitting(x);
        Array whole =
                x instanceof NumberArray numbers
                        ? new NumberArray(
                                ElementType.INT64,
                                x.shape(),
                                Arrays.stream(numbers.numbers())
                                        .map(ElementType.INT64::round)
                                        .toArray())
                        : x;
        int count = keys.shape().count();
        int[] sizes = Arrays.copyOf(x.shape().sizes(), x.shape().rank() + 1);
        sizes[x.shape().rank()] = count;
        NumberArray result = budget.numbers(ElementType.FLOAT, new Shape(sizes));
        for (int i = 0; i < x.shape().count(); i++) {
            int place = place(whole, i);
            if (place >= 0) {
                result.numbers()[i * count + place] = 1;
            } else if (!canBeUnknown) {
                throw new InvalidRequestException(
                        "inputs",
                        "expected one of %d known categories, found %s"
                                .formatted(count, key(whole, i)));
            }
        }
        return result;
    }
}
