package dev.nightjar.engine.tabular.tree;

/** How the leaves of all trees become one score. */
public enum Aggregation {
    /** The base score and the leaves, added in the order of the trees. */
    SUM,
    /** As a sum, which is divided by the number of trees of an output before the link function. */
    SUM_THEN_MEAN,
    /** The mean of the leaves, plus the base score. */
    AVERAGE,
    /** The smallest leaf, plus the base score. */
    MIN,
    /** The largest leaf, plus the base score. */
    MAX
}
