package dev.nightjar.engine.tabular.score;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.TabularSchema;
import dev.nightjar.engine.tabular.ValueType;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A model made up of functions of rows: what it predicts, and what it knows besides. */
public final class ScoredModel implements TabularModel {
    private final String description;
    private final RowFunction value;
    private final ValueType type;
    private final Optional<ClassLabels> labels;
    private final Optional<RowFunction> probability;
    private final Optional<RowFunction> raw;
    private final List<String> names;
    private final Map<String, String> details;
    private final boolean takesMissing;

    ScoredModel(ScoredModelBuilder builder) {
        description = builder.description;
        value = builder.value;
        type = builder.type;
        labels = builder.labels;
        probability = builder.probability;
        raw = builder.raw;
        names = builder.names;
        details = builder.details;
        takesMissing = builder.takesMissing;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public int numFeatures() {
        return value.numInputs();
    }

    @Override
    public List<String> featureNames() {
        return names;
    }

    @Override
    public Set<Integer> textFeatures() {
        return value.textInputs();
    }

    @Override
    public TabularSchema schema() {
        ValueType output = labels.map(ClassLabels::type).orElse(type);
        TabularSchema numbers =
                TabularSchema.matrix(ValueType.FLOAT64, numFeatures(), output, value.numOutputs());
        return new TabularSchema(
                TabularSchema.inputs(numFeatures(), names, textFeatures()), numbers.outputs());
    }

    @Override
    public Set<PredictionKind> kinds() {
        Set<PredictionKind> kinds = EnumSet.of(PredictionKind.VALUE);
        probability.ifPresent(function -> kinds.add(PredictionKind.PROBABILITY));
        raw.ifPresent(function -> kinds.add(PredictionKind.RAW));
        return kinds;
    }

    @Override
    public Map<String, String> details() {
        return details;
    }

    @Override
    public Predictions predict(Table rows, PredictionKind kind) {
        check(rows, kind);
        if (!takesMissing) {
            TabularModel.requireNumbers(rows);
            requireComplete(rows);
        }
        return switch (kind) {
            case PROBABILITY -> numbers(rows, probability.orElseThrow(), ValueType.FLOAT64);
            case RAW -> numbers(rows, raw.orElseThrow(), ValueType.FLOAT64);
            default -> labels.isPresent() ? labels(rows) : numbers(rows, value, type);
        };
    }

    private static Predictions numbers(Table rows, RowFunction function, ValueType type) {
        return Predictions.of(rows.numRows(), function.numOutputs(), type, function.apply(rows));
    }

    private Predictions labels(Table rows) {
        double[] chosen = value.apply(rows);
        int[] classes = new int[chosen.length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = (int) chosen[i];
            if (!(chosen[i] >= 0 && chosen[i] < labels.orElseThrow().size())) {
                throw new InvalidRequestException(
                        "inputs",
                        "expected a class that %s knows, found another in one of its parts"
                                .formatted(description));
            }
        }
        return labels.orElseThrow().of(classes);
    }
}
