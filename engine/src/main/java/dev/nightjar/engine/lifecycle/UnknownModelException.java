package dev.nightjar.engine.lifecycle;

import java.util.Collection;
import java.util.List;

/** No model of this name was added; the message names those that were. */
public final class UnknownModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownModelException(String name, Collection<String> known) {
        super("no model is named '%s'; known are %s".formatted(name, List.copyOf(known)));
    }
}
