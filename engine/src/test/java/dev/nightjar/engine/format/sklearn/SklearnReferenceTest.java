package dev.nightjar.engine.format.sklearn;

import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.tabular.Closeness;
import dev.nightjar.engine.tabular.NumberFiles;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.TabularModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pickles of old versions of scikit-learn, with their decision values. */
class SklearnReferenceTest {

    @ParameterizedTest
    @CsvSource({
        "sk_gradient_boosting_classifier.model, sk_gradient_boosting_classifier_test.libsvm,"
                + " sk_gradient_boosting_classifier_true_predictions.txt",
        "sk_iris.model, iris_test.libsvm, sk_iris_true_predictions.txt"
    })
    void decisionValues(String name, String rows, String expected) throws IOException {
        TabularModel model = SklearnFile.read(Files.readAllBytes(file(name)), name);
        double[][] features = NumberFiles.libsvm(file(rows), model.numFeatures(), 0);
        Closeness result =
                Closeness.of(
                        NumberFiles.rows(file(expected), 0),
                        model.predict(
                                NumberFiles.table(features, model.numFeatures()),
                                PredictionKind.RAW));
        System.out.println(name + " " + result);
        result.within(1e-12);
    }

    private static Path file(String name) {
        return SharedFiles.get("data", "classical", "leaves", name);
    }
}
