package dev.nightjar.engine.request;

/** Why a sequence ended. */
public enum FinishReason {
    /** A stop token, a stop string or the end of the text. */
    STOP,
    /** The token limit or the end of the context. */
    LENGTH,
    /** The client went away, or the caller asked. */
    ABORT,
    /** The request's deadline passed. */
    DEADLINE,
    /** The engine failed; the event carries the message. */
    ERROR
}
