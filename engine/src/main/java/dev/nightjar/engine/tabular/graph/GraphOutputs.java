package dev.nightjar.engine.tabular.graph;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.Field;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the outputs of a graph mean. */
final class GraphOutputs {
    private final List<String> names;
    private final List<Value> examples;

    /**
     * Outputs.
     *
     * @param examples those of a trial, or none if it did not come to an end
     */
    GraphOutputs(List<String> names, List<Value> examples) {
        this.names = List.copyOf(names);
        this.examples = List.copyOf(examples);
    }

    /** The first output; nothing is known of its shape without a trial. */
    List<Field> fields() {
        ValueType type = ValueType.FLOAT64;
        List<Long> shape = List.of(-1L);
        if (!examples.isEmpty()) {
            Value first = examples.getFirst();
            int width = first instanceof ScoreMaps maps ? maps.keys().size() : width(first);
            type = first instanceof Array array ? array.type().valueType() : ValueType.FLOAT32;
            shape = width == 1 ? shape : List.of(-1L, (long) width);
        }
        return List.of(new Field(Optional.of(names.getFirst()), type, Optional.of(shape), true));
    }

    private static int width(Value value) {
        Shape shape = ((Array) value).shape();
        return shape.rank() == 0 ? 1 : shape.count() / Math.max(1, shape.size(0));
    }

    /** Without a trial, whatever a second output is. */
    boolean hasProbabilities() {
        return examples.isEmpty()
                ? names.size() > 1
                : isLabel(examples.getFirst()) && scores(examples).isPresent();
    }

    private static boolean isLabel(Value value) {
        return value instanceof Array array && !array.type().isFloating();
    }

    private static Optional<NumberArray> scores(List<Value> values) {
        for (Value value : values.subList(1, values.size())) {
            if (value instanceof ScoreMaps maps) {
                return Optional.of(maps.scores());
            }
            if (value instanceof NumberArray array && array.type().isFloating()) {
                return Optional.of(array);
            }
        }
        return Optional.empty();
    }

    /** What is asked for, of outputs for some rows. */
    Predictions read(Value[] values, int numRows, PredictionKind kind) {
        if (kind == PredictionKind.PROBABILITY) {
            NumberArray scores = scores(Arrays.asList(values)).orElseThrow(this::noScores);
            return numbers(scores, numRows);
        }
        return switch (values[0]) {
            case ScoreMaps maps -> numbers(maps.scores(), numRows);
            case NumberArray numbers -> numbers(numbers, numRows);
            case TextArray texts -> texts(texts, numRows);
        };
    }

    private ModelFormatException noScores() {
        return new ModelFormatException(
                "expected an output of scores among %s, found none".formatted(names));
    }

    private Predictions numbers(NumberArray array, int numRows) {
        int width = width(array, numRows);
        return Predictions.of(numRows, width, array.type().valueType(), array.numbers());
    }

    private Predictions texts(TextArray array, int numRows) {
        if (width(array, numRows) != 1) {
            throw new ModelFormatException(
                    "%s: expected one text a row, found %s".formatted(names, array.kind()));
        }
        return Predictions.of(List.of(array.texts()));
    }

    private int width(Array array, int numRows) {
        int count = array.shape().count();
        if (numRows == 0) {
            return 1;
        }
        if (count == 0 || count % numRows != 0) {
            throw new ModelFormatException(
                    "%s: expected values for each of %d rows, found %s"
                            .formatted(names, numRows, array.kind()));
        }
        return count / numRows;
    }

    /** Predictions for some rows after another. */
    static Predictions joined(List<Predictions> parts) {
        Predictions first = parts.getFirst();
        if (parts.size() == 1) {
            return first;
        }
        if (first.type() == ValueType.TEXT) {
            return Predictions.of(parts.stream().flatMap(part -> part.texts().stream()).toList());
        }
        List<double[]> values = new ArrayList<>();
        parts.forEach(part -> values.add(part.values()));
        double[] all = values.stream().flatMapToDouble(Arrays::stream).toArray();
        return Predictions.of(
                parts.stream().mapToInt(Predictions::numRows).sum(),
                first.width(),
                first.type(),
                all);
    }
}
