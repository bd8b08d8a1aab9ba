package dev.nightjar.engine.answer.part;

/** Where an answer begins, which the end of the prompt decides. */
public enum Beginning {
    /** At its start. */
    START,
    /** Within reasoning, which the prompt opened. */
    REASONING
}
