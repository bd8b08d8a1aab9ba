package dev.nightjar.engine.answer.part;

/** How an answer ends. */
public enum Ending {
    /** The model had no more to say. */
    COMPLETE,
    /** It was cut, by a limit or by the caller. */
    CUT
}
