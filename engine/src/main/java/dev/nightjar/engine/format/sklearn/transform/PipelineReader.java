package dev.nightjar.engine.format.sklearn.transform;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import dev.nightjar.engine.format.sklearn.state.Estimators;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.transform.Chain;
import dev.nightjar.engine.tabular.transform.PipelineModel;
import dev.nightjar.engine.tabular.transform.Transform;
import java.util.ArrayList;
import java.util.List;

/** Steps behind each other, with or without a model at the end. */
public final class PipelineReader {
    private final PickledObject pipeline;
    private final Estimators all;
    private final List<PickleValue> steps = new ArrayList<>();

    /** Reads the state of an object. */
    public PipelineReader(PickledObject pipeline, Estimators all) {
        this.pipeline = pipeline;
        this.all = all;
        for (List<PickleValue> pair : pipeline.tuples("steps", 2)) {
            PickleValue step = pair.get(1);
            boolean isNothing =
                    step instanceof PickleText text && text.value().equals("passthrough")
                            || step == PickleValue.PickleNone.NONE;
            if (!isNothing) {
                steps.add(step);
            }
        }
        if (steps.isEmpty()) {
            throw pipeline.error("steps", "expected at least one step, found none");
        }
    }

    /** A model behind steps. */
    public TabularModel model() {
        TabularModel last = all.model(steps.getLast());
        List<Transform> transforms =
                steps.subList(0, steps.size() - 1).stream().map(all::transform).toList();
        if (transforms.isEmpty()) {
            return last;
        }
        int width = fitting(transforms);
        require(width, last.numFeatures());
        return new PipelineModel(transforms, last, names(pipeline.objectOf(steps.getFirst()), 0));
    }

    /** Steps alone. */
    public Transform transform() {
        List<Transform> transforms = steps.stream().map(all::transform).toList();
        fitting(transforms);
        return new Chain(transforms);
    }

    private int fitting(List<Transform> transforms) {
        int width = transforms.getFirst().numInputs();
        for (Transform transform : transforms) {
            require(width, transform.numInputs());
            width = transform.numOutputs();
        }
        return width;
    }

    private void require(int made, int taken) {
        if (made != taken) {
            throw pipeline.error(
                    "steps", "expected a step of %d features, found %d".formatted(made, taken));
        }
    }

    /** The names that the first step knows. */
    private static List<String> names(PickledObject step, int depth) {
        if (step.className().equals("Pipeline") && depth < 8) {
            PickleValue first = step.tuples("steps", 2).getFirst().get(1);
            return first instanceof PickleValue.PickleCall
                    ? names(step.objectOf(first), depth + 1)
                    : List.of();
        }
        return Features.names(step);
    }
}
