package dev.nightjar.engine.tabular.tree.score;

import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.tree.Missing;
import dev.nightjar.engine.tabular.tree.TreeEnsemble;
import java.util.Arrays;
import java.util.Optional;

/**
 * Turns features into keys of 16 bits whose order says where a value goes at a split, so that a
 * walk compares small integers alone: ranks among the thresholds of consecutive trees. A column
 * stands for a feature together with what counts as missing and which side that takes: the key of a
 * missing value is below, or above, that of every threshold. The columns of a feature are next to
 * each other.
 */
final class RankColumns {
    static final short MISSING_LEFT = Short.MIN_VALUE;
    static final short NOTHING_LEFT = Short.MIN_VALUE + 1;
    static final short MISSING_RIGHT = Short.MAX_VALUE;

    /** As many as fit 16 bits. */
    static final int MAX_COLUMNS = 1 << 16;

    private static final Missing[] MISSING = Missing.values();
    private static final int SIDES = 2;

    private final int numFeatures;
    private final boolean isFloat;

    /** What columns stand for, ascending: {@code (feature * rules + rule) * sides + side}. */
    private final long[] columns;

    /** The ranks of each column's feature. */
    private final Ranks[] ranks;

    private RankColumns(TreeEnsemble trees, Precision input, long[] columns, Ranks[] ranks) {
        numFeatures = trees.numFeatures();
        isFloat = input == Precision.FLOAT;
        this.columns = columns;
        this.ranks = ranks;
    }

    /** The columns of nodes from {@code from} to before {@code to}, if 16 bits are enough. */
    static Optional<RankColumns> of(TreeEnsemble trees, Precision input, int from, int to) {
        int[] splits = splits(trees, from, to);
        long[] columns =
                Arrays.stream(splits)
                        .mapToLong(i -> column(trees, i))
                        .sorted()
                        .distinct()
                        .toArray();
        if (columns.length > MAX_COLUMNS) {
            return Optional.empty();
        }
        double[][] thresholds = thresholds(trees, splits, columns);
        Ranks[] ranks = new Ranks[columns.length];
        for (int c = 0; c < columns.length; c++) {
            if (c > 0 && feature(columns[c]) == feature(columns[c - 1])) {
                ranks[c] = ranks[c - 1];
                continue;
            }
            int count = sortDistinct(thresholds[c]);
            if (count > Ranks.MAX_THRESHOLDS) {
                return Optional.empty();
            }
            ranks[c] = new Ranks(thresholds[c], count);
        }
        return Optional.of(new RankColumns(trees, input, columns, ranks));
    }

    private static int[] splits(TreeEnsemble trees, int from, int to) {
        int[] splits = new int[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            if (trees.isNumeric(i)) {
                splits[count++] = i;
            }
        }
        return Arrays.copyOf(splits, count);
    }

    /** The thresholds of each feature, at its first column. */
    private static double[][] thresholds(TreeEnsemble trees, int[] splits, long[] columns) {
        int[] first = new int[splits.length];
        int[] counts = new int[columns.length];
        for (int s = 0; s < splits.length; s++) {
            int c = Arrays.binarySearch(columns, column(trees, splits[s]));
            while (c > 0 && feature(columns[c - 1]) == feature(columns[c])) {
                c--;
            }
            first[s] = c;
            counts[c] += Double.isNaN(trees.threshold()[splits[s]]) ? 0 : 1;
        }
        double[][] thresholds = new double[columns.length][];
        Arrays.setAll(thresholds, c -> new double[counts[c]]);
        for (int s = 0; s < splits.length; s++) {
            double threshold = trees.threshold()[splits[s]];
            if (!Double.isNaN(threshold)) {
                // Both zeros are equal.
                thresholds[first[s]][--counts[first[s]]] = threshold + 0.0;
            }
        }
        return thresholds;
    }

    private static int sortDistinct(double[] values) {
        Arrays.sort(values);
        int count = 0;
        for (double value : values) {
            if (count == 0 || values[count - 1] != value) {
                values[count++] = value;
            }
        }
        return count;
    }

    private static long column(TreeEnsemble trees, int split) {
        long rule = trees.feature()[split] * (long) MISSING.length + trees.missing(split).ordinal();
        return rule * SIDES + (trees.isDefaultLeft(split) ? 1 : 0);
    }

    private static int feature(long column) {
        return (int) (column / (MISSING.length * SIDES));
    }

    private static Missing missing(long column) {
        return MISSING[(int) (column / SIDES % MISSING.length)];
    }

    int size() {
        return columns.length;
    }

    /** The column of a split. */
    int number(TreeEnsemble trees, int split) {
        return Arrays.binarySearch(columns, column(trees, split));
    }

    /** The key of a split's threshold in its column. */
    short key(TreeEnsemble trees, int split, int column) {
        double threshold = trees.threshold()[split];
        return Double.isNaN(threshold) ? NOTHING_LEFT : ranks[column].rank(threshold + 0.0);
    }

    /**
     * Writes the keys of some rows.
     *
     * @param rows [rows, features]
     * @param keys [columns, stride]
     */
    void write(double[] rows, int from, int numRows, short[] keys, int stride) {
        int c = 0;
        while (c < columns.length) {
            int end = c + 1;
            while (end < columns.length && ranks[end] == ranks[c]) {
                end++;
            }
            int at = from * numFeatures + feature(columns[c]);
            if (rank(ranks[c], rows, at, numRows, keys, c * stride)) {
                for (int k = end - 1; k >= c; k--) {
                    place(k, rows, at, numRows, keys, c * stride, k * stride);
                }
            } else {
                for (int k = c + 1; k < end; k++) {
                    System.arraycopy(keys, c * stride, keys, k * stride, numRows);
                }
            }
            c = end;
        }
    }

    /** Writes ranks, and says whether any value may count as missing. */
    private boolean rank(Ranks among, double[] rows, int at, int numRows, short[] keys, int to) {
        boolean mayMiss = false;
        int r = 0;
        for (; r + 4 <= numRows; r += 4) {
            double x0 = value(rows, at + r * numFeatures);
            double x1 = value(rows, at + (r + 1) * numFeatures);
            double x2 = value(rows, at + (r + 2) * numFeatures);
            double x3 = value(rows, at + (r + 3) * numFeatures);
            mayMiss |= mayMiss(x0) | mayMiss(x1) | mayMiss(x2) | mayMiss(x3);
            among.rankFour(x0, x1, x2, x3, keys, to + r);
        }
        for (; r < numRows; r++) {
            double x = value(rows, at + r * numFeatures);
            mayMiss |= mayMiss(x);
            keys[to + r] = among.rank(x);
        }
        return mayMiss;
    }

    private double value(double[] rows, int at) {
        return isFloat ? (float) rows[at] : rows[at];
    }

    private static boolean mayMiss(double x) {
        return !(Math.abs(x) > Missing.ZERO_BOUND);
    }

    /** Writes a column from its feature's ranks, which may stand in the same place. */
    private void place(
            int column, double[] rows, int at, int numRows, short[] keys, int ranked, int to) {
        Missing missing = missing(columns[column]);
        short missed = (columns[column] & 1) != 0 ? MISSING_LEFT : MISSING_RIGHT;
        for (int r = 0; r < numRows; r++) {
            double x = value(rows, at + r * numFeatures);
            if (missing.isMissing(x)) {
                keys[to + r] = missed;
            } else {
                keys[to + r] = x != x ? ranks[column].rank(0) : keys[ranked + r];
            }
        }
    }
}
