package dev.nightjar.engine.format.xgboost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.format.document.Document;
import dev.nightjar.engine.tabular.Closeness;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.PythonPeer;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boosters that XGBoost trains during the test, with what it predicts. */
@Tag("full")
class XgboostOracleTest {
    private static final int COUNT = 130;

    @Test
    void predictsWhatXgboostDoes(@TempDir Path folder) throws Exception {
        PythonPeer.run("xgboost", XgboostOracleTest.class, "train_random.py", folder, COUNT, 7);
        List<Path> cases;
        try (Stream<Path> all = Files.list(folder)) {
            cases = all.filter(Files::isDirectory).sorted().toList();
        }
        assertEquals(COUNT, cases.size());
        for (Path one : cases) {
            check(one);
        }
        System.out.println(COUNT + " models of XGBoost");
    }

    static void check(Path folder) throws IOException {
        Document expected =
                Document.read(Files.readAllBytes(folder.resolve("case.json")), folder.toString());
        Path file = folder.resolve("model.json");
        if (!Files.exists(file)) {
            file = folder.resolve("model.ubj");
        }
        TabularModel model = XgboostFile.read(Files.readAllBytes(file), file.toString()).booster();
        int rows = expected.integer("rows");
        Table table =
                Table.of(
                        rows,
                        expected.integer("columns"),
                        expected.optionalNumbers("data").orElseThrow());
        try {
            compare(expected, model, table, "raw", PredictionKind.RAW, 2e-6);
            compare(expected, model, table, "value", PredictionKind.VALUE, 2e-6);
            compare(expected, model, table, "contributions", PredictionKind.CONTRIBUTIONS, 1e-5);
            if (expected.names().contains("leaves")) {
                compare(expected, model, table, "leaves", PredictionKind.LEAVES, 0);
            }
        } catch (AssertionError e) {
            throw new AssertionError(
                    folder + " " + expected.text("name") + ": " + e.getMessage(), e);
        }
    }

    private static void compare(
            Document expected,
            TabularModel model,
            Table table,
            String key,
            PredictionKind kind,
            double tolerance) {
        double[] flat = expected.optionalNumbers(key).orElseThrow();
        int width = flat.length / table.numRows();
        double[][] rows = new double[table.numRows()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = Arrays.copyOfRange(flat, r * width, (r + 1) * width);
        }
        try {
            Closeness.absolute(rows, model.predict(table, kind)).within(tolerance);
        } catch (AssertionError e) {
            throw new AssertionError(key + ": " + e.getMessage(), e);
        }
    }
}
