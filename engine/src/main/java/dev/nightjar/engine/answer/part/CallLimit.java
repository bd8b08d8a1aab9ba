package dev.nightjar.engine.answer.part;

/** How many calls an answer may hold. */
public enum CallLimit {
    /** Any number. */
    MANY,
    /** One, which ends the answer. */
    ONE
}
