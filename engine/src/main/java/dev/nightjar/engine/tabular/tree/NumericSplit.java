package dev.nightjar.engine.tabular.tree;

/**
 * A split by a threshold: {@code x <= threshold} goes left.
 *
 * @param feature index
 * @param threshold NaN if nothing goes left
 * @param missing which values take the default side
 * @param isDefaultLeft the default side
 */
public record NumericSplit(int feature, double threshold, Missing missing, boolean isDefaultLeft) {

    /** A split by {@code x < threshold}, which is the same as by the number just below it. */
    public static NumericSplit below(
            int feature, double threshold, Missing missing, boolean isDefaultLeft) {
        double last = threshold == Double.NEGATIVE_INFINITY ? Double.NaN : Math.nextDown(threshold);
        return new NumericSplit(feature, last, missing, isDefaultLeft);
    }
}
