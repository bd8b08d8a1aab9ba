package dev.nightjar.engine.tabular.tree.score;

import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.tree.Missing;
import dev.nightjar.engine.tabular.tree.TreeEnsemble;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Turns features into integers whose order says where a value goes at a split, so that the walk
 * compares integers alone. A column stands for a feature together with what counts as missing and
 * which side that takes: a missing value's key is below, or above, every threshold's key. Keys of
 * floats are their bits; those of doubles are their ranks among the ensemble's thresholds.
 */
final class KeyColumns {
    static final int MISSING_LEFT = Integer.MIN_VALUE;
    static final int NEVER = Integer.MIN_VALUE + 1;
    static final int ALWAYS = Integer.MAX_VALUE;

    private record Column(int feature, Missing missing, boolean isDefaultLeft) {}

    private final List<Column> columns = new ArrayList<>();
    private final List<double[]> ranked = new ArrayList<>();
    private final Map<Column, Integer> numbers = new HashMap<>();
    private final boolean isFloat;
    private final int numFeatures;

    KeyColumns(TreeEnsemble trees, Precision input) {
        isFloat = input == Precision.FLOAT;
        numFeatures = trees.numFeatures();
        List<TreeSet<Double>> thresholds = new ArrayList<>();
        for (int i = 0; i < trees.left().length; i++) {
            if (trees.left()[i] >= 0) {
                Column column = column(trees, i);
                int number = numbers.computeIfAbsent(column, c -> columns.size());
                if (number == columns.size()) {
                    columns.add(column);
                    thresholds.add(new TreeSet<>());
                }
                if (!isFloat && !Double.isNaN(trees.threshold()[i])) {
                    thresholds.get(number).add(positive(trees.threshold()[i]));
                }
            }
        }
        thresholds.forEach(
                set -> ranked.add(set.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    private static Column column(TreeEnsemble trees, int node) {
        return new Column(trees.feature()[node], trees.missing(node), trees.isDefaultLeft(node));
    }

    int size() {
        return columns.size();
    }

    /** The column of a split. */
    int number(TreeEnsemble trees, int node) {
        return numbers.get(column(trees, node));
    }

    /** The key of a split's threshold. */
    int key(TreeEnsemble trees, int node) {
        double threshold = trees.threshold()[node];
        if (Double.isNaN(threshold)) {
            return NEVER;
        }
        if (isFloat) {
            return bits(floor(threshold));
        }
        double[] sorted = ranked.get(number(trees, node));
        return rank(sorted, positive(threshold));
    }

    /**
     * Writes the keys of some rows.
     *
     * @param keys [rows, columns]
     */
    void write(double[] rows, int from, int numRows, int[] keys) {
        int stride = columns.size();
        for (int c = 0; c < stride; c++) {
            Column column = columns.get(c);
            double[] sorted = ranked.get(c);
            for (int r = 0; r < numRows; r++) {
                double x = rows[(from + r) * numFeatures + column.feature];
                keys[r * stride + c] = key(column, sorted, x);
            }
        }
    }

    private int key(Column column, double[] sorted, double x) {
        if (column.missing == Missing.NAN ? x != x : column.missing.isMissing(x)) {
            return column.isDefaultLeft ? MISSING_LEFT : ALWAYS;
        }
        double known = x != x ? 0 : x;
        return isFloat ? bits((float) known) : rank(sorted, known);
    }

    /** How many of the sorted numbers are below {@code x}. */
    private static int rank(double[] sorted, double x) {
        int base = 0;
        int size = sorted.length;
        while (size > 0) {
            int half = size + 1 >> 1;
            base += sorted[base + half - 1] < x ? half : 0;
            size -= half;
        }
        return base;
    }

    /** Bits of a float as an integer of the same order; both zeros are equal. */
    private static int bits(float x) {
        int bits = Float.floatToRawIntBits(x + 0.0f);
        return bits ^ (bits >> 31 & 0x7fffffff);
    }

    /** The largest float that is not above a double. */
    private static float floor(double x) {
        float nearest = (float) x;
        return nearest > x ? Math.nextDown(nearest) : nearest;
    }

    private static double positive(double x) {
        return x + 0.0;
    }
}
