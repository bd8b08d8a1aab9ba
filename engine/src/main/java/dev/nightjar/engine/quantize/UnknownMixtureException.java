package dev.nightjar.engine.quantize;

import java.util.List;

/** A type was asked for that nothing can be quantized to. */
public final class UnknownMixtureException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Names what was asked for and what there is. */
    UnknownMixtureException(String found, List<String> known) {
        super(
                "cannot quantize to '%s'; choose one of %s"
                        .formatted(found, String.join(", ", known)));
    }
}
