package dev.nightjar.engine.tabular.transform;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.TabularSchema;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model behind steps that change its features. */
public final class PipelineModel implements TabularModel {
    private final List<Transform> steps;
    private final Set<Integer> text;
    private final TabularModel last;
    private final List<String> names;

    /**
     * A pipeline.
     *
     * @param steps at least one, each fitting the one before it
     * @param names of the features of the first step, or none
     */
    public PipelineModel(List<Transform> steps, TabularModel last, List<String> names) {
        this.steps = List.copyOf(steps);
        this.text = Set.copyOf(new Chain(steps).textInputs(last.textFeatures()));
        this.last = last;
        this.names = List.copyOf(names);
    }

    @Override
    public String description() {
        return "pipeline of %d steps, %s".formatted(steps.size() + 1, last.description());
    }

    @Override
    public int numFeatures() {
        return steps.getFirst().numInputs();
    }

    @Override
    public List<String> featureNames() {
        return names;
    }

    @Override
    public Set<Integer> textFeatures() {
        return text;
    }

    /** One tensor of numbers, or one column a feature where some are text. */
    @Override
    public TabularSchema schema() {
        return new TabularSchema(
                TabularSchema.inputs(numFeatures(), names, text), last.schema().outputs());
    }

    /** Leaves stay what they are; contributions would be those of the changed features. */
    @Override
    public Set<PredictionKind> kinds() {
        Set<PredictionKind> kinds = EnumSet.copyOf(last.kinds());
        kinds.remove(PredictionKind.CONTRIBUTIONS);
        return kinds;
    }

    @Override
    public Map<String, String> details() {
        Map<String, String> details = new LinkedHashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            details.put(
                    "step " + (i + 1),
                    "%s, %d to %d features"
                            .formatted(
                                    steps.get(i).getClass().getSimpleName(),
                                    steps.get(i).numInputs(),
                                    steps.get(i).numOutputs()));
        }
        details.putAll(last.details());
        return details;
    }

    @Override
    public Predictions predict(Table rows, PredictionKind kind) {
        check(rows, kind);
        requireTypes(rows);
        return last.predict(new Chain(steps).apply(rows), kind);
    }

    private void requireTypes(Table rows) {
        for (int c = 0; c < rows.numColumns(); c++) {
            if (rows.isText(c) != text.contains(c)) {
                throw new InvalidRequestException(
                        "inputs",
                        "expected %s in column %d, found %s"
                                .formatted(
                                        text.contains(c) ? "text" : "numbers",
                                        c,
                                        rows.isText(c) ? "text" : "numbers"));
            }
        }
    }
}
