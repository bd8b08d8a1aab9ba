package dev.nightjar.engine.encoder;

/** What happens to an input that has more tokens than the model takes. */
public enum Overflow {
    /** It is refused with an error that names both lengths. */
    REFUSE,
    /** It is cut at its end, the longer text of a pair first; special tokens stay. */
    CUT,
    /** As {@link #CUT}, but its beginning goes. */
    CUT_BEGINNING
}
