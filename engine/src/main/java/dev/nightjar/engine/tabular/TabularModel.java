package dev.nightjar.engine.tabular;

import dev.nightjar.engine.request.InvalidRequestException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model that predicts something about each row of a table. Safe for use by several threads. */
public interface TabularModel {

    /** The library and kind of model, for instance {@code XGBoost gbtree, multi:softprob}. */
    String description();

    /** How many features a row has. */
    int numFeatures();

    /** The features' names, one each, or an empty list if the file has none. */
    List<String> featureNames();

    /** The features that are text rather than numbers. */
    default Set<Integer> textFeatures() {
        return Set.of();
    }

    /** What it takes and gives. */
    TabularSchema schema();

    /** What it can be asked; {@link PredictionKind#VALUE} always. */
    Set<PredictionKind> kinds();

    /** Facts about the model for people, in order. */
    Map<String, String> details();

    /**
     * Predicts for each row; the table has {@link #numFeatures} columns.
     *
     * @throws InvalidRequestException if the columns do not fit, or the model has no such kind
     */
    Predictions predict(Table rows, PredictionKind kind);

    /** Refuses a kind that a model does not have, or a table that does not fit it. */
    default void check(Table rows, PredictionKind kind) {
        if (rows.numColumns() != numFeatures()) {
            throw new InvalidRequestException(
                    "inputs",
                    "expected rows of %d features, shape [-1, %d], found [%d, %d]"
                            .formatted(
                                    numFeatures(),
                                    numFeatures(),
                                    rows.numRows(),
                                    rows.numColumns()));
        }
        if (!kinds().contains(kind)) {
            throw new InvalidRequestException(
                    "kind",
                    "expected one of %s, which this model (%s) can give, found %s"
                            .formatted(kinds(), description(), kind));
        }
    }

    /** Refuses missing values, for a model that takes none. */
    default void requireComplete(Table rows) {
        double[] numbers = rows.numbers();
        for (int i = 0; i < numbers.length; i++) {
            if (Double.isNaN(numbers[i])) {
                int column = i % numFeatures();
                String name =
                        featureNames().isEmpty()
                                ? "column " + column
                                : "column " + featureNames().get(column);
                throw new InvalidRequestException(
                        "inputs",
                        "row %d, %s: expected a number, found a missing value; %s takes none"
                                .formatted(i / numFeatures(), name, description()));
            }
        }
    }

    /** Refuses columns of text. */
    static void requireNumbers(Table rows) {
        for (int c = 0; c < rows.numColumns(); c++) {
            if (rows.isText(c)) {
                throw new InvalidRequestException(
                        "inputs", "expected numbers in column %d, found text".formatted(c));
            }
        }
    }
}
