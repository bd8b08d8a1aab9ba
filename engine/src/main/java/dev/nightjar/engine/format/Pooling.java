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
    RANK
}
