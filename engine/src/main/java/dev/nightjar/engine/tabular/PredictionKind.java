package dev.nightjar.engine.tabular;

/** What is asked of a model about each row. */
public enum PredictionKind {
    /** What the library that made the model predicts by default: a number, a vector or a label. */
    VALUE,
    /** The probability of each class. */
    PROBABILITY,
    /** Sums before the link function. */
    RAW,
    /** The leaf that the row reaches in each tree, numbered as the library does. */
    LEAVES,
    /**
     * What each feature adds to each raw score (exact Shapley values of the trees), the expected
     * score last: per output, the number of features and one.
     */
    CONTRIBUTIONS
}
