package dev.nightjar.engine.predict;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.lightgbm.LightGbmFile;
import dev.nightjar.engine.format.mlflow.MlflowFolder;
import dev.nightjar.engine.format.onnx.OnnxFile;
import dev.nightjar.engine.format.sklearn.SklearnFile;
import dev.nightjar.engine.format.xgboost.XgboostFile;
import dev.nightjar.engine.tabular.TabularModel;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Opens the model in a folder of MLflow. */
final class MlflowModels {

    private MlflowModels() {}

    static TabularModel open(MlflowFolder folder) {
        TabularModel model = model(folder);
        if (folder.signature().isEmpty() && folder.isProbability()) {
            throw new ModelFormatException(
                    "%s: expected a signature where predict_fn is predict_proba, found none"
                            .formatted(folder.folder()));
        }
        return folder.signature()
                .<TabularModel>map(
                        signature ->
                                new SignedModel(
                                        folder.folder().toString(),
                                        model,
                                        signature,
                                        folder.isProbability(),
                                        folder.details()))
                .orElse(model);
    }

    private static TabularModel model(MlflowFolder folder) {
        String file = folder.file().toString();
        byte[] bytes = bytes(folder);
        String type = folder.modelClass().orElse("");
        // Estimators and boosters predict differently: labels, and probabilities.
        boolean isClassifier = type.endsWith("Classifier");
        return switch (folder.flavor()) {
            case XGBOOST -> {
                XgboostFile booster = XgboostFile.read(bytes, file);
                boolean isEstimator = type.contains(".sklearn.XGB");
                yield isEstimator ? booster.estimator() : booster.booster();
            }
            case LIGHTGBM -> {
                if (!LightGbmFile.isLightGbm(bytes)) {
                    throw new ModelFormatException(
                            file
                                    + ": expected LightGBM's text, found a pickle of its class"
                                    + (type.isEmpty() ? "" : " " + type)
                                    + "; log estimator.booster_ instead of the estimator");
                }
                LightGbmFile booster = LightGbmFile.read(bytes, file);
                yield isClassifier ? booster.classifier() : booster.booster();
            }
            case ONNX -> OnnxFile.read(bytes, file);
            case SKLEARN -> SklearnFile.read(bytes, file);
        };
    }

    private static byte[] bytes(MlflowFolder folder) {
        try {
            return Predictor.bytes(folder.file());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read model file " + folder.file(), e);
        }
    }
}
