package dev.nightjar.engine.tabular;

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
}
