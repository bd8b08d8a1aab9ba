package dev.nightjar.engine.text;

/** The engine failed while it generated; the message says why. */
public final class GenerationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GenerationException(String message) {
        super(message);
    }
}
