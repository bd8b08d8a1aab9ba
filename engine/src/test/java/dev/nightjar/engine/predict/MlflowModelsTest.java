package dev.nightjar.engine.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of MLflow as models: the file's predictions, the signature's names and types. */
class MlflowModelsTest {
    @TempDir private Path folder;

    @Test
    void xgboost() throws IOException {
        TabularModel model =
                open(
                        "xgboost/categories.ubj",
                        "xgboost",
                        "data: model\n    model_class: xgboost.core.Booster",
                        "[{\"type\": \"double\", \"name\": \"a\"}, {\"type\": \"long\", \"name\":"
                                + " \"b\"}]");
        TabularModel plain = Predictor.open(folder.resolve("model"));
        assertEquals(List.of("a", "b"), model.featureNames());
        assertEquals("long", model.schema().inputs().get(1).type().columnName());
        Table rows = Table.of(2, 2, 0.5, 1, -0.5, 2);
        assertEquals(values(plain, rows), values(model, rows));
        InvalidRequestException refused =
                assertThrows(
                        InvalidRequestException.class,
                        () -> model.predict(Table.of(1, 2, 0.5, 1.5), PredictionKind.VALUE));
        assertEquals(
                "row 0, column b: expected a value of type long, found 1.5", refused.getMessage());
        assertThrows(
                InvalidRequestException.class,
                () -> model.predict(Table.of(1, 2, 0.5, Double.NaN), PredictionKind.VALUE));
    }

    @Test
    void sklearnWithATensor() throws IOException {
        TabularModel model =
                open(
                        "sklearn/pipeline.pkl",
                        "sklearn",
                        "pickled_model: model\n    serialization_format: cloudpickle",
                        "[{\"type\": \"tensor\", \"tensor-spec\": {\"dtype\": \"float64\","
                                + " \"shape\": [-1, 3]}}]");
        assertEquals(3, model.numFeatures());
        assertTrue(model.schema().inputs().getFirst().isTensor());
        assertEquals("sklearn", model.details().get("MLflow flavor"));
        model.predict(Table.of(1, 3, 1, 2, 3), PredictionKind.VALUE);
    }

    /** Columns of the signature in another order than those of the file. */
    @Test
    void onnx() throws IOException {
        TabularModel model =
                open(
                        "onnx/pipeline.onnx",
                        "onnx",
                        "data: model",
                        "[{\"type\": \"string\", \"name\": \"color\"}, {\"type\": \"float\","
                                + " \"name\": \"height\"}, {\"type\": \"float\", \"name\":"
                                + " \"age\"}]");
        TabularModel plain = Predictor.open(folder.resolve("model"));
        Table rows = Table.of(1, new double[] {0, 180, 30}, new String[][] {{"red"}, null, null});
        Table sorted = Table.of(1, new double[] {30, 180, 0}, new String[][] {null, null, {"red"}});
        assertEquals(
                plain.predict(sorted, PredictionKind.VALUE).texts(),
                model.predict(rows, PredictionKind.VALUE).texts());
        assertEquals(List.of("color", "height", "age"), model.featureNames());
    }

    @Test
    void signaturesThatDoNotFit() {
        refused("[{\"type\": \"double\"}]", "2 features");
        refused("[{\"type\": \"double\"}, {\"type\": \"string\"}]", "expected numbers");
        refused(
                "[{\"type\": \"tensor\", \"tensor-spec\": {\"dtype\": \"float64\", \"shape\": [-1,"
                        + " 3]}}]",
                "[-1, 2]");
    }

    private void refused(String inputs, String part) {
        ModelFormatException refused =
                assertThrows(
                        ModelFormatException.class,
                        () -> open("xgboost/categories.ubj", "xgboost", "data: model", inputs));
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }

    private static List<Double> values(TabularModel model, Table rows) {
        Predictions found = model.predict(rows, PredictionKind.VALUE);
        return Arrays.stream(found.values()).boxed().toList();
    }

    private TabularModel open(String resource, String flavor, String members, String inputs)
            throws IOException {
        try (InputStream in =
                MlflowModelsTest.class.getResourceAsStream(
                        "/dev/nightjar/engine/format/" + resource)) {
            Files.write(folder.resolve("model"), in.readAllBytes());
        }
        Files.writeString(
                folder.resolve("MLmodel"),
                """
                flavors:
                  python_function:
                    loader_module: mlflow.%s
                  %s:
                    %s
                signature:
                  inputs: '%s'
                """
                        .formatted(flavor, flavor, members, inputs));
        assertTrue(Predictor.isTabular(folder));
        return Predictor.open(folder);
    }
}
