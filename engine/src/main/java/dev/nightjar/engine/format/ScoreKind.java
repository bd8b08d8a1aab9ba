package dev.nightjar.engine.format;

/** What the raw scores of a classifier's head mean. */
public enum ScoreKind {

    /** One label holds: their probabilities sum to 1. */
    ONE_OF_ALL,

    /** Each label holds or does not, whatever the others do: a sigmoid of each. */
    EACH_BY_ITSELF,

    /** Quantities, as they are. */
    QUANTITIES
}
