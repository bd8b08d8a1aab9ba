package dev.nightjar.engine.tabular.tree;

import java.util.BitSet;

/**
 * A split by a set: a feature is truncated to an integer, the number of a category.
 *
 * @param feature index
 * @param left categories that go left
 * @param numKnown categories of at least this number are outside; a multiple of nothing
 * @param isOutsideLeft where categories outside and negative ones go
 * @param isDefaultLeft where NaN goes
 * @param isTruncatedFirst whether numbers between −1 and 0 are category 0 rather than negative
 */
public record CategorySplit(
        int feature,
        BitSet left,
        int numKnown,
        boolean isOutsideLeft,
        boolean isDefaultLeft,
        boolean isTruncatedFirst) {

    /** The greatest number of categories. */
    public static final int MAX_CATEGORIES = 1 << 24;
}
