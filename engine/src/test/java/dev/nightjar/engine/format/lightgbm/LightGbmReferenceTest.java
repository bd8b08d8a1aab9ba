package dev.nightjar.engine.format.lightgbm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.tabular.Closeness;
import dev.nightjar.engine.tabular.NumberFiles;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.TabularModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that LightGBM trained, with what LightGBM predicted. */
class LightGbmReferenceTest {
    private static final double TOLERANCE = 1e-12;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "lg_dart_breast_cancer.model, breast_cancer_test.tsv, 0, VALUE,"
                + " lg_dart_breast_cancer_true_predictions.txt",
        "lg_kddcup99.model, kddcup99_test.tsv, 0, RAW, lg_kddcup99_true_predictions.txt",
        "lgmulticlass.model, multiclass_test.tsv, 1, VALUE, lgmulticlass_true_predictions.txt",
        "lgmulticlass.model, multiclass_test.tsv, 1, RAW, lgmulticlass_true_raw_predictions.txt",
        "lg_rf_iris.model, iris_test.libsvm, 0, VALUE, lg_rf_iris_true_predictions.txt",
        "genlin_fmtp_poisson_Frequency.model, genlin_fmtp_poisson_Frequency_features.tsv, 0, VALUE,"
                + " genlin_fmtp_poisson_Frequency_true_predictions.txt",
        "genlin_fmtp_gamma_AvgClaimAmount.model, genlin_fmtp_gamma_AvgClaimAmount_features.tsv, 0,"
                + " VALUE, genlin_fmtp_gamma_AvgClaimAmount_true_predictions.txt",
        "genlin_fmtp_tweedie_PurePremium.model, genlin_fmtp_tweedie_PurePremium_features.tsv, 0,"
                + " VALUE, genlin_fmtp_tweedie_PurePremium_true_predictions.txt"
    })
    void predictsWhatLightGbmDoes(
            String model, String rows, int skipped, PredictionKind kind, String expected)
            throws IOException {
        TabularModel loaded = load(model);
        Path data = file(rows);
        double[][] features =
                rows.endsWith("libsvm")
                        ? NumberFiles.libsvm(data, loaded.numFeatures(), 0)
                        : NumberFiles.rows(data, skipped);
        Predictions found = loaded.predict(NumberFiles.table(features, loaded.numFeatures()), kind);
        Closeness result = Closeness.of(NumberFiles.rows(file(expected), 0), found);
        System.out.println(model + " " + kind + " " + result);
        result.within(TOLERANCE);
    }

    @Test
    void leavesHaveTheNumbersThatLightGbmGives() throws IOException {
        TabularModel loaded = load("lg_breast_cancer.txt");
        double[][] rows = NumberFiles.rows(file("lg_breast_cancer_data.txt"), 0);
        Predictions leaves =
                loaded.predict(
                        NumberFiles.table(rows, loaded.numFeatures()), PredictionKind.LEAVES);
        Closeness result =
                Closeness.of(
                        NumberFiles.rows(file("lg_breast_cancer_data_pred_leaves.txt"), 0), leaves);
        assertEquals(result.count(), result.numExact(), result::toString);
    }

    private static TabularModel load(String name) throws IOException {
        return LightGbmFile.read(Files.readAllBytes(file(name)), name).booster();
    }

    private static Path file(String name) {
        return SharedFiles.get("data", "classical", "leaves", name);
    }
}
