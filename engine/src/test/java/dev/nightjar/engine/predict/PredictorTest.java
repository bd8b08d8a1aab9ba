package dev.nightjar.engine.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.TabularModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are told apart by what is in them. */
class PredictorTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "xgboost/categories.ubj, 'XGBoost gbtree, binary:logistic', 2",
        "onnx/boosted_small.onnx, 'ONNX, TreeEnsembleClassifier', 4",
        "sklearn/boosting.pkl, scikit-learn HistGradientBoostingRegressor, 3",
        "sklearn/pipeline.pkl, 'pipeline of 2 steps, scikit-learn LogisticRegression', 3"
    })
    void opensWhatItKnows(String resource, String description, int numFeatures) throws IOException {
        Path file = copy(resource);
        assertTrue(Predictor.isTabular(file));
        TabularModel model = Predictor.open(file);
        assertEquals(description, model.description());
        assertEquals(numFeatures, model.numFeatures());
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch/legacy.pt", "torch/zip.pt"})
    void tensorsAreNoModelsOfRows(String resource) throws IOException {
        assertFalse(Predictor.isTabular(copy(resource)));
    }

    @Test
    void anythingElseIsRefusedWithAdvice() throws IOException {
        byte[] old = "binf\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("old.model"), old);
        ModelFormatException refused =
                assertThrows(ModelFormatException.class, () -> Predictor.open(file));
        assertTrue(refused.getMessage().contains("save_model"), refused.getMessage());
    }

    @Test
    void aFolderOfSomethingElseIsRefused() {
        ModelFormatException refused =
                assertThrows(ModelFormatException.class, () -> Predictor.open(folder));
        assertTrue(refused.getMessage().contains("MLmodel"), refused.getMessage());
        assertFalse(Predictor.isTabular(folder));
    }

    private Path copy(String resource) throws IOException {
        Path file = folder.resolve("model");
        try (InputStream in =
                PredictorTest.class.getResourceAsStream(
                        "/dev/nightjar/engine/format/" + resource)) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }
}
