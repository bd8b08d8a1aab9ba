package dev.nightjar.engine.format.sklearn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.format.document.Document;
import dev.nightjar.engine.tabular.Closeness;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.PythonPeer;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Estimators that scikit-learn fits during the test, with what they predict. */
@Tag("full")
class SklearnOracleTest {
    private static final int COUNT = 128;
    private static final double TOLERANCE = 1e-12;

    @Test
    void predictsWhatScikitLearnDoes(@TempDir Path folder) throws Exception {
        PythonPeer.run("sklearn", SklearnOracleTest.class, "train_random.py", folder, COUNT, 5);
        List<Path> cases;
        try (Stream<Path> all = Files.list(folder)) {
            cases = all.filter(Files::isDirectory).sorted().toList();
        }
        assertEquals(COUNT, cases.size());
        for (Path one : cases) {
            check(one);
        }
        System.out.println(COUNT + " estimators of scikit-learn");
    }

    static void check(Path folder) throws IOException {
        Document expected =
                Document.read(Files.readAllBytes(folder.resolve("case.json")), folder.toString());
        String name = folder + " " + expected.text("name");
        Path file = folder.resolve("model.pkl");
        TabularModel model = SklearnFile.read(Files.readAllBytes(file), name);
        Table table =
                Table.of(
                        expected.integer("rows"),
                        expected.integer("columns"),
                        expected.optionalNumbers("data").orElseThrow());
        List<String> labels = expected.texts("labels");
        if (!labels.isEmpty()) {
            assertEquals(labels, model.predict(table, PredictionKind.VALUE).texts(), name);
        }
        compare(expected, "value", model, table, PredictionKind.VALUE, name);
        compare(expected, "probability", model, table, PredictionKind.PROBABILITY, name);
    }

    private static void compare(
            Document expected,
            String key,
            TabularModel model,
            Table table,
            PredictionKind kind,
            String name) {
        if (!expected.names().contains(key)) {
            return;
        }
        double[] flat = expected.optionalNumbers(key).orElseThrow();
        int width = flat.length / table.numRows();
        double[] found = model.predict(table, kind).values();
        double[][] rows = new double[table.numRows()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = Arrays.copyOfRange(flat, r * width, (r + 1) * width);
            if (Arrays.stream(rows[r]).allMatch(Double::isNaN)) {
                // Shares of a sum of zero: the library divides by it, we take equal shares.
                Arrays.fill(rows[r], 1.0 / width);
            }
        }
        Closeness closeness =
                Closeness.absolute(
                        rows, Predictions.of(table.numRows(), width, ValueType.FLOAT64, found));
        assertEquals(0, closeness.worst(), TOLERANCE, name + " " + key);
    }
}
