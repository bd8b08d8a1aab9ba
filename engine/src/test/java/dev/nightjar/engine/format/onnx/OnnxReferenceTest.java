package dev.nightjar.engine.format.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.Closeness;
import dev.nightjar.engine.tabular.NpzFile;
import dev.nightjar.engine.tabular.NumberFiles;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that exporters wrote, with what they are known to predict. */
class OnnxReferenceTest {

    /** Two through {@code ai.onnx.ml}, two as products and comparisons of arrays. */
    @ParameterizedTest
    @CsvSource({
        "xgboost_classifier_tree, PROBABILITY, probabilities",
        "xgboost_regressor_tree, VALUE, variable",
        "lgbm_classifier_tensor, PROBABILITY, probabilities",
        "lgbm_regressor_tensor, VALUE, output"
    })
    void predictsWhatIsExpected(String name, PredictionKind kind, String output)
            throws IOException {
        TabularModel model = load("tract-onnx", name, "model.onnx");
        Path data = SharedFiles.get("data", "classical", "tract-onnx", name, "io.npz");
        double[][] rows = NpzFile.rows(data, "input");
        Table table = NumberFiles.table(rows, model.numFeatures());
        Closeness result = Closeness.of(NpzFile.rows(data, output), model.predict(table, kind));
        System.out.println(name + " " + result);
        result.within(1e-6);
    }

    /** Without known predictions; ONNX Runtime's are compared in another test. */
    @ParameterizedTest
    @CsvSource({
        "tract-onnx/linear_classifier/model.onnx, 'ONNX, LinearClassifier, Normalizer', 12, 14",
        "tract-onnx/linear_regressor/model.onnx, 'ONNX, LinearRegressor', 21, 1",
        "sklearn-onnx/logreg_iris.onnx, 'ONNX, LinearClassifier, Normalizer', 4, 3",
        "sklearn-onnx/rf_iris.onnx, 'ONNX, TreeEnsembleClassifier', 4, 3",
        "sklearn-onnx/rf_iris_small.onnx, 'ONNX, TreeEnsembleClassifier', 4, 3"
    })
    void opensOthers(String name, String description, int numFeatures, int width)
            throws IOException {
        TabularModel model = load(name);
        assertEquals(description, model.description());
        assertEquals(numFeatures, model.numFeatures());
        boolean isClassifier = model.kinds().contains(PredictionKind.PROBABILITY);
        PredictionKind kind = isClassifier ? PredictionKind.PROBABILITY : PredictionKind.VALUE;
        Predictions found =
                model.predict(Table.of(2, numFeatures, new double[2 * numFeatures]), kind);
        assertEquals(width, found.width());
        for (double value : found.values()) {
            assertTrue(Double.isFinite(value));
        }
    }

    @Test
    void iris() throws IOException {
        Table rows = Table.of(2, 4, 5.1, 3.5, 1.4, 0.2, 6.7, 3.0, 5.2, 2.3);
        for (String name : new String[] {"logreg_iris.onnx", "rf_iris.onnx"}) {
            Predictions labels = load("sklearn-onnx", name).predict(rows, PredictionKind.VALUE);
            assertEquals(0, labels.value(0, 0), name);
            assertEquals(2, labels.value(1, 0), name);
        }
    }

    @Test
    void aNeuralNetworkIsRefusedByItsOperator() {
        ModelFormatException refused =
                assertThrows(
                        ModelFormatException.class,
                        () -> load("tract-onnx", "byte_sb_bidi_lstm", "model.onnx"));
        assertTrue(
                refused.getMessage().contains("ai.onnx.LSTM \"LSTM_9\" of version 9"),
                refused.getMessage());
    }

    private static TabularModel load(String first, String... more) throws IOException {
        Path file = SharedFiles.get("data", "classical").resolve(Path.of(first, more));
        return OnnxFile.read(Files.readAllBytes(file), file.getFileName().toString());
    }
}
