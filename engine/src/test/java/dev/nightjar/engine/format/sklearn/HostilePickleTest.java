package dev.nightjar.engine.format.sklearn;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.Mutations;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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

    /** In a file of joblib, what is not an opcode is read as bytes and nothing else. */
    @Test
    void codeInAnArrayOfJoblibIsNamed() {
        String wrapper =
                "cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\u0081}(U\u0005shapeK\u0001\u0085U\u0005dtype"
                        + "cnumpy\ndtype\nU\u0002O8\u0085Rub";
        ModelFormatException refused =
                assertThrows(
                        ModelFormatException.class,
                        () -> read(bytes(wrapper + "cos\nsystem\nU\u0004true\u0085R..")));
        assertTrue(refused.getMessage().contains("os.system"), refused.getMessage());
    }

    @Test
    void anArrayOfJoblibIsBoundedByItsFile() {
        String wrapper =
                "cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\u0081}(U\u0005shapeJ\u00ff\u00ff\u00ff\u007f\u0085"
                        + "U\u0005dtypecnumpy\ndtype\nU\u0002f8\u0085Rub.";
        assertThrows(ModelFormatException.class, () -> read(bytes(wrapper)));
    }

    @Test
    void deepNestingIsBounded() {
        String levels =
                "csklearn.pipeline\nPipeline\n)\u0081}U\u0005steps](U\u0001a".repeat(100_000);
        assertThrows(
                ModelFormatException.class,
                () -> read(bytes(levels + "N" + "\u0086aesb".repeat(100_000) + ".")));
    }

    /** A model whose estimators are ten times the model before, and so on for eleven levels. */
    @Test
    void memoBombsAreBounded() {
        StringBuilder pickle =
                new StringBuilder(
                        "csklearn.dummy\nDummyRegressor\n)\u0081}(U\tconstant_"
                                + "cnumpy.core.numeric\n_frombuffer\n(U\b12345678"
                                + "cnumpy\ndtype\nU\u0002f8\u0085R(K\u0001tU\u0001CtRubq\u00000");
        for (int level = 0; level < 11; level++) {
            pickle.append(
                            "csklearn.ensemble._voting\nVotingRegressor\n)\u0081}U\u000bestimators_](")
                    .append(("h" + (char) level).repeat(10))
                    .append("esbq")
                    .append((char) (level + 1))
                    .append('0');
        }
        pickle.append("h\u000b.");
        long start = System.nanoTime();
        ModelFormatException refused =
                assertThrows(ModelFormatException.class, () -> read(bytes(pickle.toString())));
        assertTrue(refused.getMessage().contains("again and again"), refused.getMessage());
        assertTrue(System.nanoTime() - start < 20_000_000_000L, "took too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BZh91AY", "\u00fd7zXZ\0\0", "]\0\0\u0080", "\u0004\"M\u0018d"})
    void compressionThatIsNotThereGivesAdvice(String head) {
        ModelFormatException refused =
                assertThrows(ModelFormatException.class, () -> read(bytes(head)));
        assertTrue(refused.getMessage().contains("joblib.dump"), refused.getMessage());
    }

    @Test
    void compressionBombsAreBounded() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 80; i++) {
                out.write(zeros);
            }
        }
        ModelFormatException refused =
                assertThrows(ModelFormatException.class, () -> read(packed.toByteArray()));
        assertTrue(refused.getMessage().contains("unpacked"), refused.getMessage());
    }

    @Test
    void someDamage() throws IOException {
        damage(40, 1);
    }

    @Tag("full")
    @Test
    void aMillionDamages() throws IOException {
        damage(7500, 2);
    }

    private static void damage(int countEach, long seed) throws IOException {
        int count = 0;
        int refused = 0;
        Map<String, byte[]> files = new TreeMap<>(Goldens.files());
        files.keySet().removeIf(name -> !name.endsWith("model.bin"));
        files.put("boosting.pkl", resource("boosting.pkl"));
        files.put("pipeline.pkl", resource("pipeline.pkl"));
        for (byte[] file : files.values()) {
            refused += Mutations.refused(file, countEach, seed + count, HostilePickleTest::read);
            count += countEach;
        }
        System.out.printf("pickles and joblib: %d damaged, %d refused%n", count, refused);
        assertTrue(refused > count / 10 && refused < count, "refused " + refused);
    }

    private static void read(byte[] file) {
        TabularModel model = SklearnFile.read(file, "damaged");
        if (model.numFeatures() < 1000) {
            try {
                model.predict(row(model), PredictionKind.VALUE);
            } catch (InvalidRequestException expected) {
                // A damaged model may know no category, or no neighbour, of any row.
            }
        }
    }

    private static Table row(TabularModel model) {
        int width = model.numFeatures();
        String[][] texts = new String[width][];
        for (int feature : model.textFeatures()) {
            texts[feature] = new String[] {"red"};
        }
        return Table.of(1, new double[width], texts);
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
