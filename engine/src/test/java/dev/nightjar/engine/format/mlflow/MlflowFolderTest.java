package dev.nightjar.engine.format.mlflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.Mutations;
import dev.nightjar.engine.tabular.Field;
import dev.nightjar.engine.tabular.TabularSchema;
import dev.nightjar.engine.tabular.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Descriptions as MLflow writes them. */
class MlflowFolderTest {
    private static final String DESCRIPTION =
            """
            artifact_path: model
            flavors:
              python_function:
                data: model.json
                env:
                  conda: conda.yaml
                  virtualenv: python_env.yaml
                loader_module: mlflow.xgboost
                python_version: 3.11.4
              xgboost:
                code: null
                data: model.json
                model_class: xgboost.sklearn.XGBClassifier
                model_format: json
                xgb_version: 2.0.3
            mlflow_version: 2.9.2
            model_size_bytes: 55012
            model_uuid: 0e3c4b8ed5f64d3d9f5b5b0f1e3a7a11
            run_id: 3c1c2f6a1d6b4b8f
            signature:
              inputs: '[{"type": "double", "name": "sepal length (cm)", "required": true}, {"type":
                "long", "name": "rooms", "required": false}, {"type": "string", "name": "color"}]'
              outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
              params: null
            utc_time_created: '2024-01-02 03:04:05.678901'
            """;

    @TempDir private Path folder;

    @Test
    void readsWhatMlflowWrites() throws IOException {
        MlflowFolder read = read(DESCRIPTION);
        assertEquals(MlflowFlavor.XGBOOST, read.flavor());
        assertEquals(folder.resolve("model.json"), read.file());
        assertEquals("xgboost.sklearn.XGBClassifier", read.modelClass().orElseThrow());
        assertFalse(read.isProbability());
        assertEquals("2.9.2", read.details().get("MLflow version"));
        TabularSchema schema = read.signature().orElseThrow();
        assertEquals(
                List.of("sepal length (cm)", "rooms", "color"),
                schema.inputs().stream().map(field -> field.name().orElseThrow()).toList());
        assertEquals(
                List.of(ValueType.FLOAT64, ValueType.INT64, ValueType.TEXT),
                schema.inputs().stream().map(Field::type).toList());
        assertEquals(
                List.of(true, false, true),
                schema.inputs().stream().map(Field::isRequired).toList());
        assertEquals(List.of(Field.tensor(ValueType.INT64, -1)), schema.outputs());
    }

    @Test
    void noSignature() throws IOException {
        int end = DESCRIPTION.indexOf("signature:");
        assertTrue(read(DESCRIPTION.substring(0, end)).signature().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "'  xgboost:', '  transformers:', 'expected xgboost, lightgbm, onnx or sklearn, found"
                + " transformers'",
        "'    code: null', '    code: src', 'code of a model is never run'",
        "'    data: model.json', '    data: ../model.json', expected a file in the folder",
        "'    data: model.json', '    data: /etc/passwd', expected a file in the folder",
        "'    data: model.json', '    data: other.json', expected a file in the folder",
        "'\"string\"', '\"datetime\"', found datetime",
        "'\"type\": \"double\"', '\"type\": \"array\"', found array",
        "', \"name\": \"color\"', '', all named or none",
        "'\"tensor-spec\"', '\"spec\"', tensor-spec",
        "'[-1]', '[-2]', at least -1",
        "params: null, 'params: ''[{\"name\": \"t\"}]''', expected none",
        "'[{\"type\": \"double\"', '[[{\"type\": \"double\"', expected JSON",
        "'    loader_module: mlflow.xgboost', '    predict_fn: predict_log_proba',"
                + " expected predict or predict_proba"
    })
    void whatIsNotSupportedIsNamed(String old, String changed, String part) throws IOException {
        assertTrue(DESCRIPTION.contains(old));
        String document = DESCRIPTION.replace(old, changed);
        ModelFormatException refused =
                assertThrows(ModelFormatException.class, () -> read(document));
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }

    @Test
    void damaged() throws IOException {
        damaged(2000, 1);
    }

    @Tag("full")
    @Test
    void aHundredThousand() throws IOException {
        damaged(100_000, 2);
    }

    private void damaged(int count, long seed) throws IOException {
        read(DESCRIPTION);
        Mutations.check(
                DESCRIPTION.getBytes(StandardCharsets.UTF_8),
                count,
                seed,
                file -> MlflowFolder.of(folder, file, "MLmodel"));
    }

    private MlflowFolder read(String description) throws IOException {
        Files.write(folder.resolve("model.json"), new byte[0]);
        Files.writeString(folder.resolve("MLmodel"), description);
        assertTrue(MlflowFolder.isMlflow(folder));
        return MlflowFolder.read(folder);
    }
}
