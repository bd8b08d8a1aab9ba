package dev.nightjar.engine.format.sklearn.group;

import dev.nightjar.engine.format.lightgbm.LightGbmFile;
import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleBytes;
import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import dev.nightjar.engine.format.pickle.PickleValue.PickleTuple;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.format.xgboost.XgboostFile;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.score.Asked;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Estimators of XGBoost and LightGBM, which hold a booster as its own library saves it. */
public final class WrapperReader {
    /** What is made of a byte of a booster, about. */
    private static final long FACTOR = 4;

    private final PickledObject estimator;

    /** Reads the state of an object. */
    public WrapperReader(PickledObject estimator) {
        this.estimator = estimator;
    }

    /** An estimator of XGBoost. */
    public TabularModel xgboost() {
        byte[] bytes = bytes(estimator.object("_Booster").value("handle"));
        estimator.charge(FACTOR * bytes.length);
        TabularModel model = XgboostFile.read(bytes, estimator.file()).estimator();
        return labelled(model);
    }

    /** A booster of XGBoost without its estimator. */
    public TabularModel xgboostBooster() {
        return XgboostFile.read(bytes(estimator.value("handle")), estimator.file()).booster();
    }

    /** An estimator of LightGBM. */
    public TabularModel lightGbm() {
        LightGbmFile file = lightGbmFile(estimator.object("_Booster"));
        return estimator.className().endsWith("Classifier")
                ? labelled(file.classifier())
                : file.booster();
    }

    /** A booster of LightGBM without its estimator. */
    public TabularModel lightGbmBooster() {
        return lightGbmFile(estimator).booster();
    }

    private static LightGbmFile lightGbmFile(PickledObject booster) {
        PickleValue text = booster.optional("_handle").orElseGet(() -> booster.value("handle"));
        if (!(text instanceof PickleText model)) {
            throw booster.error("handle", "expected a model as text, found " + text.kind());
        }
        booster.charge(FACTOR * model.value().length());
        return LightGbmFile.read(model.value().getBytes(StandardCharsets.UTF_8), booster.file());
    }

    /** The labels that a classifier was fitted on, where they are not 0, 1, … */
    private TabularModel labelled(TabularModel model) {
        Optional<ClassLabels> labels =
                estimator
                        .optional("_classes")
                        .or(() -> estimator.optional("classes_"))
                        .map(value -> Labels.of(estimator.arrayOf(value)))
                        .or(this::encoded);
        if (labels.isEmpty() || !model.kinds().contains(PredictionKind.PROBABILITY)) {
            return model;
        }
        int width = labels.get().size();
        if (Asked.width(model, PredictionKind.PROBABILITY) != width) {
            throw estimator.error("classes_", "expected the classes of the booster");
        }
        return ScoredModelBuilder.labels(
                        model.description(),
                        Asked.classOf(model, ClassLabels.counting(width)),
                        labels.get())
                .probability(new Asked(model, PredictionKind.PROBABILITY, width))
                .names(model.featureNames())
                .details(model.details())
                .takesMissing()
                .build();
    }

    private Optional<ClassLabels> encoded() {
        return estimator
                .optional("_le")
                .map(value -> Labels.of(estimator.objectOf(value).array("classes_")));
    }

    private byte[] bytes(PickleValue value) {
        return switch (value) {
            case PickleBytes bytes -> bytes.value();
            case PickleCall call
                    when call.function()
                                    .toString()
                                    .matches("(builtins|__builtin__)[.]byte(s|array)")
                            && call.arguments() instanceof PickleTuple arguments
                            && !arguments.elements().isEmpty() ->
                    bytes(arguments.elements().getFirst());
            case PickleCall call
                    when call.function().toString().equals("_codecs.encode")
                            && call.arguments() instanceof PickleTuple arguments
                            && !arguments.elements().isEmpty()
                            && arguments.elements().getFirst() instanceof PickleText text ->
                    text.value().getBytes(StandardCharsets.ISO_8859_1);
            default ->
                    throw estimator.error(
                            "_Booster", "expected a saved booster, found " + value.kind());
        };
    }
}
