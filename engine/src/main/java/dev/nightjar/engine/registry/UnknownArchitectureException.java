package dev.nightjar.engine.registry;

import java.util.Set;

/** A checkpoint names an architecture that this engine does not implement. */
public final class UnknownArchitectureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownArchitectureException(String found, Set<String> known) {
        super(
                "architecture '%s' is not supported; known architectures: %s"
                        .formatted(found, String.join(", ", known)));
    }
}
