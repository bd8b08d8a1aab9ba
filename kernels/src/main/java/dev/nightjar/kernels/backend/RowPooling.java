package dev.nightjar.kernels.backend;

/** How the rows of a sequence become one, column by column. */
public enum RowPooling {
    /** Their sum over their number. */
    MEAN,
    /** Their sum over the square root of their number. */
    MEAN_SQRT,
    /** Their mean with weights 1, 2, … by their place in the sequence, skipped rows counted. */
    WEIGHTED_MEAN,
    /** Their largest element. */
    MAX;

    /**
     * The weight of a row in the sum.
     *
     * @param place from 0 in its sequence
     */
    public int weight(int place) {
        return this == WEIGHTED_MEAN ? place + 1 : 1;
    }

    /**
     * What the sum is divided by.
     *
     * @param from first place that counts
     * @param end places of the sequence
     */
    public double divisor(int from, int end) {
        double count = Math.max(1, end - from);
        return switch (this) {
            case MEAN -> count;
            case MEAN_SQRT -> Math.sqrt(count);
            case WEIGHTED_MEAN -> count * (from + 1 + end) / 2;
            case MAX -> 1;
        };
    }
}
