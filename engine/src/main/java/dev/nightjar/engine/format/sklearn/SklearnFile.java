package dev.nightjar.engine.format.sklearn;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.pickle.PickleReader;
import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import dev.nightjar.engine.format.pickle.PickleValue.PickleTuple;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.transform.PipelineModel;
import dev.nightjar.engine.tabular.transform.Transform;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An estimator that scikit-learn pickled, from versions 0.18 on: trees, forests, gradient boosting
 * of both kinds, linear models, and pipelines of them behind scalers and imputers. A class that is
 * not known is an error that names it; nothing is ever called.
 */
public final class SklearnFile {

    private SklearnFile() {}

    /** Whether bytes begin like the pickle of an object; tensors of PyTorch begin otherwise. */
    public static boolean isPickle(byte[] bytes) {
        String start =
                new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.ISO_8859_1);
        boolean isBinary = start.length() > 2 && start.charAt(0) == 0x80 && start.charAt(1) <= 5;
        boolean isObject = isBinary && (start.charAt(2) == 'c' || start.charAt(2) == 0x95);
        return isObject
                || start.startsWith("ccopy_reg\n")
                || start.startsWith("ccopyreg\n")
                || start.startsWith("csklearn.");
    }

    /**
     * Reads a model.
     *
     * @throws ModelFormatException if it breaks the format or holds what is not supported
     */
    public static TabularModel read(byte[] bytes, String file) {
        PickleValue value =
                PickleReader.read(MemorySegment.ofArray(bytes), file, 0, 0, SklearnNames.GLOBALS)
                        .value();
        return model(PickledObject.of(file, value), 0);
    }

    private static TabularModel model(PickledObject estimator, int depth) {
        String name = estimator.className();
        if (LinearReader.REGRESSORS.contains(name) || LinearReader.CLASSIFIERS.contains(name)) {
            return new LinearReader(estimator).read();
        }
        return switch (name) {
            case "DecisionTreeClassifier",
                    "DecisionTreeRegressor",
                    "ExtraTreeClassifier",
                    "ExtraTreeRegressor",
                    "RandomForestClassifier",
                    "RandomForestRegressor",
                    "ExtraTreesClassifier",
                    "ExtraTreesRegressor" ->
                    new ForestReader(estimator).read();
            case "GradientBoostingClassifier", "GradientBoostingRegressor" ->
                    new BoostingReader(estimator).read();
            case "HistGradientBoostingClassifier", "HistGradientBoostingRegressor" ->
                    new HistReader(estimator).read();
            case "Pipeline" -> pipeline(estimator, depth);
            default ->
                    throw new ModelFormatException(
                            "%s: expected an estimator that is supported, found %s"
                                    .formatted(estimator.file(), name));
        };
    }

    private static TabularModel pipeline(PickledObject pipeline, int depth) {
        List<PickledObject> steps = new ArrayList<>();
        for (PickleValue step : pipeline.list("steps")) {
            if (!(step instanceof PickleTuple pair) || pair.elements().size() != 2) {
                throw pipeline.error("steps", "expected pairs of a name and an estimator");
            }
            PickleValue estimator = pair.elements().get(1);
            boolean isNothing =
                    estimator instanceof PickleText text && text.value().equals("passthrough")
                            || estimator == PickleValue.PickleNone.NONE;
            if (!isNothing) {
                steps.add(PickledObject.of(pipeline.file(), estimator));
            }
        }
        if (steps.isEmpty() || depth > 4) {
            throw pipeline.error("steps", "expected at least one step, and few levels of them");
        }
        TabularModel last = model(steps.removeLast(), depth + 1);
        if (steps.isEmpty()) {
            return last;
        }
        List<Transform> transforms =
                steps.stream().map(step -> new StepReader(step).read()).toList();
        int width = transforms.getFirst().numInputs();
        for (Transform transform : transforms) {
            width = fitting(pipeline, width, transform.numInputs(), transform.numOutputs());
        }
        fitting(pipeline, width, last.numFeatures(), 1);
        return new PipelineModel(transforms, last, Features.names(steps.getFirst()));
    }

    private static int fitting(PickledObject pipeline, int made, int taken, int next) {
        if (made != taken) {
            throw pipeline.error(
                    "steps", "expected a step of %d features, found %d".formatted(made, taken));
        }
        return next;
    }
}
