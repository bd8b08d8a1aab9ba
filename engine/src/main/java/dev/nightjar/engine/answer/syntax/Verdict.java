package dev.nightjar.engine.answer.syntax;

/** What a reader makes of a character. */
public enum Verdict {
    /** It belongs here, and more may follow. */
    MORE,
    /** It is the last one. */
    DONE,
    /** Everything ended before it; it belongs to what follows. */
    BEFORE,
    /** It cannot stand here. */
    WRONG
}
