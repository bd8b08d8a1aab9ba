package dev.nightjar.tokenizer.jinja.text;

/** An end of a text, or both. */
public enum Side {
    /** The beginning. */
    LEFT,
    /** The end. */
    RIGHT,
    /** Both. */
    BOTH
}
