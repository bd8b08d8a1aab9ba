package dev.nightjar.engine.format.sklearn.transform;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.NumpyArray;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.encode.Categories;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The categories of an encoder, and how it groups rare ones. */
final class CategoryReader {
    private final PickledObject encoder;
    private final List<Categories> categories = new ArrayList<>();

    CategoryReader(PickledObject encoder) {
        this.encoder = encoder;
        for (PickleValue values : encoder.list("categories_")) {
            categories.add(categories(encoder.arrayOf(values)));
        }
        if (categories.isEmpty() || categories.size() != Features.count(encoder)) {
            throw encoder.error("categories_", "expected some for each feature");
        }
    }

    int size() {
        return categories.size();
    }

    Categories of(int feature) {
        return categories.get(feature);
    }

    private String text(PickleValue value) {
        return value instanceof PickleCall
                ? encoder.arrayOf(value).texts().getFirst()
                : encoder.textOf("categories_", value);
    }

    private Categories categories(NumpyArray values) {
        if (!values.isText()) {
            return Categories.ofNumbers(values.numbers());
        }
        if (!values.isObjects()) {
            return Categories.ofText(values.texts().stream().map(Optional::of).toList());
        }
        List<Optional<String>> texts = new ArrayList<>();
        for (PickleValue value : values.objects()) {
            boolean isMissing =
                    value == PickleValue.PickleNone.NONE
                            || value instanceof PickleValue.PickleFloat number
                                    && Double.isNaN(number.value());
            texts.add(isMissing ? Optional.empty() : Optional.of(text(value)));
        }
        return Categories.ofText(texts);
    }

    /** Whether rare categories of a feature are taken together. */
    boolean isGrouped(int feature) {
        return encoder.flag("_infrequent_enabled", false)
                && isThere("_infrequent_indices", feature)
                && isThere("_default_to_infrequent_mappings", feature);
    }

    private boolean isThere(String name, int feature) {
        return element(name, feature) != PickleValue.PickleNone.NONE;
    }

    private PickleValue element(String name, int feature) {
        List<PickleValue> all = encoder.list(name);
        if (all.size() != size()) {
            throw encoder.error(name, "expected one for each feature");
        }
        return all.get(feature);
    }

    /** The number of each category after rare ones were taken together. */
    int[] numbers(int feature) {
        int count = of(feature).size();
        if (!isGrouped(feature)) {
            return IntStream.range(0, count).toArray();
        }
        String name = "_default_to_infrequent_mappings";
        int[] numbers = encoder.integers(name, element(name, feature), 0, Math.max(0, count - 1));
        if (numbers.length == count - 1 && of(feature).isMissing(count - 1)) {
            // The missing value, last, is a category of its own in spite of that.
            numbers = Arrays.copyOf(numbers, count);
            numbers[count - 1] = count - 1;
        }
        if (numbers.length != count) {
            throw encoder.error(name, "expected one for each category");
        }
        return numbers;
    }

    /** The number that rare categories have together. */
    int rare(int feature) {
        String name = "_infrequent_indices";
        int[] rare = encoder.integers(name, element(name, feature), 0, of(feature).size() - 1);
        if (rare.length == 0) {
            throw encoder.error(name, "expected rare categories, found none");
        }
        return numbers(feature)[rare[0]];
    }
}
