package dev.nightjar.engine.format.sklearn;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.Mutations;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles that want something to be run, and damaged ones. */
class HostilePickleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cos\nsystem\nX\u0004\0\0\0true\u0085R.",
                "csklearn.tree._classes\nMine\n)\u0081.",
                "ccloudpickle.cloudpickle\n_make_function\n)R."
            })
    void whatIsNotAnEstimatorIsNamed(String pickle) {
        ModelFormatException refused =
                assertThrows(ModelFormatException.class, () -> read(bytes(pickle)));
        String name = pickle.substring(1, pickle.indexOf('\n', pickle.indexOf('\n') + 1));
        assertTrue(refused.getMessage().contains(name.replace('\n', '.')), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"K\u0001.", "csklearn.pipeline\nPipeline\n)\u0081.", "]q\u0001h\u0001a."})
    void whatHoldsNoModelIsRefused(String pickle) {
        assertThrows(ModelFormatException.class, () -> read(bytes(pickle)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"boosting.pkl", "pipeline.pkl"})
    void someDamage(String file) throws IOException {
        Mutations.check(resource(file), 2000, 1, HostilePickleTest::read);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"boosting.pkl", "pipeline.pkl"})
    void aMillionDamages(String file) throws IOException {
        Mutations.check(resource(file), 500_000, 2, HostilePickleTest::read);
    }

    private static void read(byte[] file) {
        TabularModel model = SklearnFile.read(file, "damaged");
        if (model.numFeatures() < 1000) {
            model.predict(
                    Table.of(1, model.numFeatures(), new double[model.numFeatures()]),
                    PredictionKind.VALUE);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = HostilePickleTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
