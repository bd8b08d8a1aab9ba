package dev.nightjar.bench.peer;

import ai.onnxruntime.OrtException;
import dev.nightjar.engine.predict.Predictor;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TableBuilder;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How far our predictions for a graph are from ONNX Runtime's.
 *
 * @param count values compared
 * @param numExact values that are equal in all bits
 * @param worst largest difference, relative to what is expected, or to 1
 */
record GraphCase(int count, int numExact, double worst) {
    private static final double LEAST = 1;

    /** Compares one graph and its rows. */
    static GraphCase compare(Path file) throws IOException, OrtException {
        List<String> lines =
                Files.readAllLines(
                        file.resolveSibling(
                                file.getFileName().toString().replace(".onnx", ".csv")));
        List<String[]> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            rows.add(line.split(",", -1));
        }
        List<List<Object>> expected = GraphPeer.run(file, rows);
        TabularModel model = Predictor.open(file);
        Table table = table(model, rows);
        GraphCase first = of(expected.getFirst(), model.predict(table, PredictionKind.VALUE));
        if (expected.size() == 1) {
            return first;
        }
        GraphCase scores = of(expected.get(1), model.predict(table, PredictionKind.PROBABILITY));
        return new GraphCase(
                first.count + scores.count,
                first.numExact + scores.numExact,
                Math.max(first.worst, scores.worst));
    }

    private static Table table(TabularModel model, List<String[]> rows) {
        TableBuilder table = new TableBuilder(model);
        for (String[] row : rows) {
            table.addRow();
            for (int c = 0; c < row.length; c++) {
                table.setWord(c, row[c]);
            }
        }
        return table.build();
    }

    private static GraphCase of(List<Object> expected, Predictions found) {
        int count = found.numRows() * found.width();
        if (count != expected.size()) {
            return new GraphCase(count, 0, Double.POSITIVE_INFINITY);
        }
        int exact = 0;
        double worst = 0;
        for (int i = 0; i < count; i++) {
            Object value =
                    found.type() == ValueType.TEXT ? found.texts().get(i) : found.values()[i];
            double distance = distance(expected.get(i), value);
            exact += distance == 0 ? 1 : 0;
            worst = Math.max(worst, distance);
        }
        return new GraphCase(count, exact, worst);
    }

    private static double distance(Object expected, Object found) {
        if (!(expected instanceof Double x) || !(found instanceof Double y)) {
            return expected.equals(found) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (x.doubleValue() == y || x.isNaN() && y.isNaN()) {
            return 0;
        }
        double distance = Math.abs(x - y) / Math.max(Math.abs(x), LEAST);
        return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }
}
