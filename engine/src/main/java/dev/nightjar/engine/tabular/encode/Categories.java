package dev.nightjar.engine.tabular.encode;

import dev.nightjar.engine.tabular.Table;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The categories of a feature, numbers or text, and perhaps the missing value, by their number. */
public final class Categories {
    private final boolean isText;
    private final Map<Object, Integer> numbers = new HashMap<>();
    private OptionalInt missing = OptionalInt.empty();
    private final int size;

    private Categories(boolean isText, List<?> values) {
        this.isText = isText;
        size = values.size();
        for (int i = 0; i < size; i++) {
            Object value = ((Optional<?>) values.get(i)).orElse(null);
            if (value == null) {
                missing = missing.isPresent() ? missing : OptionalInt.of(i);
            } else {
                numbers.putIfAbsent(value, i);
            }
        }
    }

    /** Categories that are text, empty for the missing one. */
    public static Categories ofText(List<Optional<String>> values) {
        return new Categories(true, values);
    }

    /** Categories that are numbers, NaN for the missing one. */
    public static Categories ofNumbers(double... values) {
        return new Categories(
                false,
                Arrays.stream(values)
                        .mapToObj(x -> Double.isNaN(x) ? Optional.empty() : Optional.of(x + 0.0))
                        .toList());
    }

    /** Whether the feature is text. */
    public boolean isText() {
        return isText;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** Whether a category is the missing value. */
    public boolean isMissing(int category) {
        return missing.isPresent() && missing.getAsInt() == category;
    }

    /** The number of a cell's category, or empty if it is none of them. */
    OptionalInt of(Table rows, int row, int column) {
        Object value = isText ? rows.text(row, column).orElse(null) : number(rows, row, column);
        if (value == null) {
            return missing;
        }
        Integer found = numbers.get(value);
        return found == null ? OptionalInt.empty() : OptionalInt.of(found);
    }

    private static Double number(Table rows, int row, int column) {
        double x = rows.number(row, column) + 0.0;
        return Double.isNaN(x) ? null : x;
    }

    /** A cell as people write it. */
    static String shown(Table rows, int row, int column) {
        return rows.isText(column)
                ? rows.text(row, column).orElse("a missing value")
                : Double.toString(rows.number(row, column));
    }
}
