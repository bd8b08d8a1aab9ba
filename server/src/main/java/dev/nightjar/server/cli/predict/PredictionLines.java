package dev.nightjar.server.cli.predict;

import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.server.json.JsonText;
import java.io.PrintStream;

/** Writes each row's prediction on a line. */
final class PredictionLines {
    private final PrintStream out;
    private final boolean isJson;

    PredictionLines(PrintStream out, boolean isJson) {
        this.out = out;
        this.isJson = isJson;
    }

    void write(Predictions predictions) {
        for (int r = 0; r < predictions.numRows(); r++) {
            if (predictions.type() == ValueType.TEXT) {
                text(predictions.texts().get(r));
            } else {
                numbers(predictions, r);
            }
            out.write('\n');
        }
    }

    private void text(String label) {
        if (isJson) {
            out.writeBytes(JsonText.of(json -> json.writeString(label)));
        } else {
            out.print(label);
        }
    }

    private void numbers(Predictions predictions, int row) {
        boolean isList = isJson && predictions.width() > 1;
        StringBuilder line = new StringBuilder(isList ? "[" : "");
        for (int k = 0; k < predictions.width(); k++) {
            line.append(k == 0 ? "" : ",").append(number(predictions, row, k));
        }
        out.print(line.append(isList ? "]" : ""));
    }

    /** The shortest text of the value in its own type; what JSON has no number for is null. */
    private String number(Predictions predictions, int row, int column) {
        double value = predictions.value(row, column);
        if (isJson && !Double.isFinite(value)) {
            return "null";
        }
        return switch (predictions.type()) {
            case INT32, INT64 -> Long.toString((long) value);
            case FLOAT32 -> Float.toString((float) value);
            case BOOLEAN -> Boolean.toString(value != 0);
            case FLOAT64, TEXT -> Double.toString(value);
        };
    }
}
