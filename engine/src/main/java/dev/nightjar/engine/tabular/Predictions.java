package dev.nightjar.engine.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a model says about each row.
 *
 * @param numRows how many rows
 * @param width values a row; 1 where each row has one value rather than a vector
 * @param type of the values
 * @param values [rows, width]; empty if they are text
 * @param texts [rows]; empty unless they are text
 */
public record Predictions(
        int numRows, int width, ValueType type, double[] values, List<String> texts) {

    /** Numbers, [rows, width]. */
    public static Predictions of(int numRows, int width, ValueType type, double[] values) {
        return new Predictions(numRows, width, type, values, List.of());
    }

    /** One text a row. */
    public static Predictions of(List<String> texts) {
        return new Predictions(texts.size(), 1, ValueType.TEXT, new double[0], List.copyOf(texts));
    }

    /** One number. */
    public double value(int row, int column) {
        return values[row * width + column];
    }

    /** Those of the rows from {@code from} to before {@code to}. */
    public Predictions rows(int from, int to) {
        if (from == 0 && to == numRows) {
            return this;
        }
        return new Predictions(
                to - from,
                width,
                type,
                texts.isEmpty()
                        ? Arrays.copyOfRange(values, from * width, to * width)
                        : new double[0],
                texts.isEmpty() ? List.of() : List.copyOf(texts.subList(from, to)));
    }

    /** Those of several tables one below the other; of one model and one kind, at least one. */
    public static Predictions stacked(List<Predictions> parts) {
        Predictions first = parts.getFirst();
        if (parts.size() == 1) {
            return first;
        }
        int numRows = parts.stream().mapToInt(Predictions::numRows).sum();
        double[] all = new double[parts.stream().mapToInt(part -> part.values.length).sum()];
        List<String> allTexts = new ArrayList<>();
        int at = 0;
        for (Predictions part : parts) {
            System.arraycopy(part.values, 0, all, at, part.values.length);
            at += part.values.length;
            allTexts.addAll(part.texts);
        }
        return new Predictions(numRows, first.width, first.type, all, List.copyOf(allTexts));
    }
}
