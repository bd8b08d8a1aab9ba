package dev.nightjar.engine.format;

/** How the hidden states of a text become one vector. */
public enum Pooling {
    /** Their mean. */
    MEAN,
    /** The first one. */
    CLS,
    /** The last one. */
    LAST,
    /** The first one or their mean, through a head of classes: no vector, but scores. */
    RANK,
    /** Their largest elements. */
    MAX,
    /** Their sum over the square root of their number. */
    MEAN_SQRT,
    /** Their mean with weights 1, 2, … from the first token to the last. */
    WEIGHTED_MEAN
}
