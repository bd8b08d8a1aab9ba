package dev.nightjar.tokenizer.encoding;

/** An end of an input. */
public enum Side {
    /** The beginning. */
    LEFT,
    /** The end. */
    RIGHT
}
