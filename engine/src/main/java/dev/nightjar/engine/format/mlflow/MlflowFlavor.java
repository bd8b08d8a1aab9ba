package dev.nightjar.engine.format.mlflow;

import java.util.Locale;

/** A library's own form of a model, in the order in which they are preferred. */
public enum MlflowFlavor {
    XGBOOST("data"),
    LIGHTGBM("data"),
    ONNX("data"),
    SKLEARN("pickled_model");

    private final String fileKey;

    MlflowFlavor(String fileKey) {
        this.fileKey = fileKey;
    }

    /** Its name in files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The key of the model's file. */
    String fileKey() {
        return fileKey;
    }
}
