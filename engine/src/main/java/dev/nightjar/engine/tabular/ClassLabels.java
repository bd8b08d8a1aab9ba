package dev.nightjar.engine.tabular;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The classes that a classifier tells apart, in the order of its scores.
 *
 * @param type of the labels: integers, numbers, booleans or text
 * @param numbers one a class; empty if they are text
 * @param texts one a class; empty unless they are text
 */
public record ClassLabels(ValueType type, List<Double> numbers, List<String> texts) {

    /** Protects the lists. */
    public ClassLabels {
        numbers = List.copyOf(numbers);
        texts = List.copyOf(texts);
    }

    /** Text labels. */
    public static ClassLabels of(List<String> texts) {
        return new ClassLabels(ValueType.TEXT, List.of(), texts);
    }

    /** Labels 0, 1, 2, … */
    public static ClassLabels counting(int numClasses) {
        return new ClassLabels(
                ValueType.INT64,
                IntStream.range(0, numClasses).mapToObj(i -> (double) i).toList(),
                List.of());
    }

    /** How many classes. */
    public int size() {
        return Math.max(numbers.size(), texts.size());
    }

    /** The label of each row's class. */
    public Predictions of(int[] classes) {
        if (type == ValueType.TEXT) {
            List<String> labels = new ArrayList<>(classes.length);
            for (int chosen : classes) {
                labels.add(texts.get(chosen));
            }
            return Predictions.of(labels);
        }
        double[] labels = new double[classes.length];
        for (int i = 0; i < classes.length; i++) {
            labels[i] = numbers.get(classes[i]);
        }
        return Predictions.of(classes.length, 1, type, labels);
    }

    /** The label of the largest of each row's scores, the first of equals. */
    public Predictions ofLargest(double[] scores, int numRows) {
        int width = size();
        int[] classes = new int[numRows];
        for (int r = 0; r < numRows; r++) {
            for (int c = 1; c < width; c++) {
                if (scores[r * width + c] > scores[r * width + classes[r]]) {
                    classes[r] = c;
                }
            }
        }
        return of(classes);
    }
}
