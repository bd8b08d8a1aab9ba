package dev.nightjar.engine.format.sklearn;

import dev.nightjar.engine.format.document.Document;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Folders that each hold a model and what scikit-learn says about some rows. */
final class OracleCases {
    /** Relative to what is expected, or to 1 where that is smaller. */
    private static final double TOLERANCE = 1e-9;

    /** XGBoost computes in float. */
    private static final double FLOAT_TOLERANCE = 2e-6;

    private final List<String> failures = new ArrayList<>();
    private final Set<String> classes = new TreeSet<>();
    private int numModels;
    private long numValues;
    private long numExact;
    private double worst;

    /** Checks all folders in a folder. */
    static OracleCases of(Path folder) throws IOException {
        OracleCases cases = new OracleCases();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path one : all.filter(Files::isDirectory).sorted().toList()) {
                cases.check(one);
            }
        }
        return cases;
    }

    List<String> failures() {
        return failures;
    }

    int numModels() {
        return numModels;
    }

    @Override
    public String toString() {
        return "%d models of %d classes, %d numbers, %d equal in all bits, worst difference %.1e"
                .formatted(numModels, classes.size(), numValues, numExact, worst);
    }

    private void check(Path folder) throws IOException {
        Document expected =
                Document.read(Files.readAllBytes(folder.resolve("case.json")), folder.toString());
        String name = folder.getFileName() + " " + expected.text("name");
        try {
            check(
                    SklearnFile.read(Files.readAllBytes(folder.resolve("model.bin")), name),
                    expected,
                    name);
            numModels++;
            classes.add(expected.text("name"));
        } catch (RuntimeException e) {
            failures.add(name + ": " + e);
        }
    }

    private void check(TabularModel model, Document expected, String name) {
        Table rows = rows(expected);
        List<String> labels = expected.texts("labels");
        if (!labels.isEmpty()
                && !labels.equals(model.predict(rows, PredictionKind.VALUE).texts())) {
            failures.add(name + ": other labels");
        }
        compare(expected, "value", model, rows, PredictionKind.VALUE, name);
        compare(expected, "probability", model, rows, PredictionKind.PROBABILITY, name);
        if (model.kinds().contains(PredictionKind.RAW)) {
            compare(expected, "raw", model, rows, PredictionKind.RAW, name);
        }
    }

    /** Shares of a sum of zero: the library divides by it, or not; we take equal shares. */
    private static boolean isUndecided(double[] shares, int row, int width) {
        double size = 0;
        for (int k = row * width; k < (row + 1) * width; k++) {
            size += Math.abs(shares[k]);
        }
        return width > 1 && (Double.isNaN(size) || size == 0);
    }

    static Table rows(Document expected) {
        int numRows = expected.integer("rows");
        String[][] texts = new String[expected.integer("columns")][];
        for (double column : expected.optionalNumbers("text_columns").orElseThrow()) {
            List<String> words = expected.texts("texts_" + (int) column);
            texts[(int) column] =
                    words.stream()
                            .map(word -> word.equals("<missing>") ? null : word)
                            .toArray(String[]::new);
        }
        return Table.of(numRows, expected.optionalNumbers("data").orElseThrow(), texts);
    }

    private void compare(
            Document expected,
            String key,
            TabularModel model,
            Table rows,
            PredictionKind kind,
            String name) {
        if (!expected.names().contains(key)) {
            return;
        }
        double[] flat = expected.optionalNumbers(key).orElseThrow();
        Predictions found = model.predict(rows, kind);
        if (found.values().length != flat.length) {
            failures.add(
                    "%s: %d numbers of %s, expected %d"
                            .formatted(name, found.values().length, key, flat.length));
            return;
        }
        for (int i = 0; i < flat.length; i++) {
            double value = found.values()[i];
            if (isUndecided(flat, i / found.width(), found.width())) {
                continue;
            }
            double difference = Math.abs(value - flat[i]) / Math.max(1, Math.abs(flat[i]));
            double tolerance = name.contains(" XGB") ? FLOAT_TOLERANCE : TOLERANCE;
            if (!(difference <= tolerance)) {
                failures.add(
                        "%s: %s %d of row %d is %s, expected %s"
                                .formatted(
                                        name,
                                        key,
                                        i % found.width(),
                                        i / found.width(),
                                        value,
                                        flat[i]));
                return;
            }
            numValues++;
            numExact += value == flat[i] ? 1 : 0;
            worst = Math.max(worst, difference);
        }
    }
}
