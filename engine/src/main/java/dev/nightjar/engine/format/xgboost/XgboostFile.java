package dev.nightjar.engine.format.xgboost;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.document.Document;
import dev.nightjar.engine.tabular.TabularModel;
import java.util.Optional;

/**
 * A model that XGBoost saved: {@code learner.gradient_booster} holds trees or weights, {@code
 * learner.objective} says what scores mean, and {@code learner.learner_model_param} where they
 * begin. Immutable.
 */
public final class XgboostFile {
    private final Document learner;
    private final String version;

    private XgboostFile(Document learner, String version) {
        this.learner = learner;
        this.version = version;
    }

    /** Whether a document is a model of XGBoost. */
    public static boolean isXgboost(Document document) {
        return document.names().contains("learner")
                || document.names().contains("Model")
                        && document.optionalObject("Model")
                                .map(XgboostFile::isXgboost)
                                .orElse(false);
    }

    /**
     * Takes a document for a model.
     *
     * @throws ModelFormatException if it is none
     */
    public static XgboostFile of(Document document) {
        // A snapshot of a booster holds its configuration beside the model.
        Document model = document.optionalObject("Model").orElse(document);
        String version =
                model.optionalNumbers("version")
                        .map(
                                numbers ->
                                        numbers.length == 3
                                                ? "%.0f.%.0f.%.0f"
                                                        .formatted(
                                                                numbers[0], numbers[1], numbers[2])
                                                : "")
                        .orElse("");
        return new XgboostFile(model.object("learner"), version);
    }

    /**
     * Reads bytes of a file.
     *
     * @throws ModelFormatException if it is no model in JSON or UBJSON
     */
    public static XgboostFile read(byte[] bytes, String file) {
        if (!Document.isDocument(bytes)) {
            throw notADocument(file);
        }
        return of(Document.read(bytes, file));
    }

    /** An error about a file in the binary format that XGBoost 3.1 no longer reads either. */
    public static ModelFormatException notADocument(String file) {
        return new ModelFormatException(
                file
                        + ": expected an XGBoost model in JSON or UBJSON, found neither; if this is"
                        + " XGBoost's old binary format, load it with XGBoost 1.0 to 3.0 and save"
                        + " it again: booster.save_model(\"model.json\")");
    }

    /** The model as a booster predicts: all trees, transformed scores. */
    public TabularModel booster() {
        return new XgboostModel(learner, version, false).read();
    }

    /**
     * The model as the scikit-learn wrapper predicts: the trees up to the best iteration; a
     * classifier gives labels.
     */
    public TabularModel estimator() {
        return new XgboostModel(learner, version, true).read();
    }

    /** Whether it was saved by a classifier of the scikit-learn wrapper. */
    public boolean isClassifier() {
        Optional<String> wrapper =
                learner.optionalObject("attributes").flatMap(a -> a.optionalText("scikit_learn"));
        return wrapper.map(text -> text.contains("\"_estimator_type\": \"classifier\""))
                .orElse(false);
    }
}
