package dev.nightjar.engine.tabular.tree;

/** Which values of a feature count as missing at a split, and so take its default side. */
public enum Missing {
    /** NaN. */
    NAN,
    /** NaN, and numbers of at most 1e-35 (as a float) in magnitude. */
    ZERO,
    /** None; NaN is taken for 0. */
    NONE;

    /** The bound of what counts as zero. */
    public static final double ZERO_BOUND = 1e-35f;

    /** Whether a value is missing. */
    public boolean isMissing(double x) {
        return switch (this) {
            case NAN -> Double.isNaN(x);
            case ZERO -> Double.isNaN(x) || Math.abs(x) <= ZERO_BOUND;
            case NONE -> false;
        };
    }
}
