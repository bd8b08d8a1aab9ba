package dev.nightjar.engine.format.sklearn.transform;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleBoolean;
import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import dev.nightjar.engine.format.pickle.PickleValue.PickleNone;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import dev.nightjar.engine.format.pickle.PickleValue.PickleTuple;
import dev.nightjar.engine.format.sklearn.state.Estimators;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.transform.Affine;
import dev.nightjar.engine.tabular.transform.Chain;
import dev.nightjar.engine.tabular.transform.Join;
import dev.nightjar.engine.tabular.transform.Select;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Several steps side by side: on columns of their own, or all on the same. */
public final class ColumnsReader {
    private static final int MAX_STEPS = 1 << 12;

    private final PickledObject step;
    private final Estimators all;

    /** Reads the state of an object. */
    public ColumnsReader(PickledObject step, Estimators all) {
        this.step = step;
        this.all = all;
    }

    /** Steps on columns of their own. */
    public Transform columns() {
        int width = Features.count(step);
        List<Join.Part> parts = new ArrayList<>();
        if (step.list("transformers_").size() > MAX_STEPS) {
            throw step.error("transformers_", "expected at most %d".formatted(MAX_STEPS));
        }
        for (List<PickleValue> named : step.tuples("transformers_", 3)) {
            String name = step.textOf("transformers_", named.getFirst());
            boolean isDropped = isText(named.get(1), "drop");
            int[] columns = isDropped ? new int[0] : columns(name, named.get(2), width);
            if (columns.length > 0) {
                parts.add(part(name, columns, made(named.get(1), columns.length)));
            }
        }
        return joined(width, parts);
    }

    /** Steps on all columns. */
    public Transform union() {
        List<Transform> steps = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int width = 0;
        for (List<PickleValue> named : step.tuples("transformer_list", 2)) {
            if (isText(named.get(1), "drop") || named.get(1) == PickleNone.NONE) {
                continue;
            }
            names.add(step.textOf("transformer_list", named.getFirst()));
            steps.add(
                    isText(named.get(1), "passthrough")
                            ? Select.all(1)
                            : all.transform(named.get(1)));
            width = Math.max(width, steps.getLast().numInputs());
        }
        List<Join.Part> parts = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            boolean isPassed = steps.get(i) instanceof Select one && one.numInputs() == 1;
            int[] columns = Select.all(width).columns();
            parts.add(part(names.get(i), columns, isPassed ? Select.all(width) : steps.get(i)));
        }
        return joined(width, parts);
    }

    private Transform joined(int width, List<Join.Part> parts) {
        if (parts.isEmpty()) {
            throw step.error("transformers", "expected steps, found none");
        }
        return new Join(width, parts);
    }

    private static boolean isText(PickleValue value, String expected) {
        return value instanceof PickleText text && text.value().equals(expected);
    }

    private Transform made(PickleValue value, int count) {
        return isText(value, "passthrough") ? Select.all(count) : all.transform(value);
    }

    private Join.Part part(String name, int[] columns, Transform made) {
        if (made.numInputs() != columns.length) {
            throw step.error(
                    name,
                    "expected a step of %d features, found %d"
                            .formatted(columns.length, made.numInputs()));
        }
        Optional<PickleValue> weight = step.entry("transformer_weights", name);
        if (weight.isEmpty()) {
            return new Join.Part(columns, made);
        }
        double factor = step.number("transformer_weights", weight.get());
        int width = made.numOutputs();
        Transform scaled =
                new Affine(
                        new double[width],
                        filled(width, 1),
                        filled(width, factor),
                        new double[width],
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY);
        return new Join.Part(columns, new Chain(List.of(made, scaled)));
    }

    private static double[] filled(int width, double value) {
        double[] numbers = new double[width];
        Arrays.fill(numbers, value);
        return numbers;
    }

    /** Where columns are known by number already, those; else what the user said. */
    private int[] columns(String name, PickleValue said, int width) {
        Optional<PickleValue> known = step.entry("_transformer_to_input_indices", name);
        if (known.isPresent()) {
            return step.integers("_transformer_to_input_indices", known.get(), 0, width - 1);
        }
        if (said instanceof PickleText column) {
            return new int[] {named(column.value())};
        }
        if (said instanceof PickleCall call && call.function().toString().endsWith(".slice")) {
            return slice(call, width);
        }
        List<PickleValue> elements =
                said instanceof PickleValue.PickleInteger
                        ? List.of(said)
                        : step.elements("transformers_", said);
        if (elements.stream().allMatch(PickleBoolean.class::isInstance)) {
            return IntStream.range(0, Math.min(width, elements.size()))
                    .filter(i -> elements.get(i) == PickleBoolean.TRUE)
                    .toArray();
        }
        return elements.stream().mapToInt(element -> column(element, width)).toArray();
    }

    private int column(PickleValue value, int width) {
        if (value instanceof PickleText text) {
            return named(text.value());
        }
        double number = step.number("transformers_", value);
        double place = number < 0 ? number + width : number;
        if (!(place >= 0 && place < width) || place != Math.rint(place)) {
            throw step.error("transformers_", "expected a column, found " + number);
        }
        return (int) place;
    }

    private int named(String column) {
        int place = Features.names(step).indexOf(column);
        if (place < 0) {
            throw step.error("transformers_", "expected a column, found \"" + column + "\"");
        }
        return place;
    }

    private int[] slice(PickleCall call, int width) {
        List<PickleValue> bounds =
                call.arguments() instanceof PickleTuple tuple ? tuple.elements() : List.of();
        if (bounds.size() != 3
                || bounds.get(2) != PickleNone.NONE
                        && step.number("transformers_", bounds.get(2)) != 1) {
            throw step.error("transformers_", "expected a slice in steps of one");
        }
        boolean isNamed = bounds.get(1) instanceof PickleText;
        int from = bounds.getFirst() == PickleNone.NONE ? 0 : column(bounds.getFirst(), width);
        // The end belongs to a slice of names, but not to one of numbers.
        int end =
                bounds.get(1) == PickleNone.NONE
                        ? width
                        : isNamed
                                ? column(bounds.get(1), width) + 1
                                : end(step.number("transformers_", bounds.get(1)), width);
        return IntStream.range(from, end).toArray();
    }

    private static int end(double number, int width) {
        return (int) Math.clamp(number < 0 ? number + width : number, 0, width);
    }
}
