package dev.nightjar.engine;

import java.util.List;
import java.util.Set;

/** An engine is asked for a model that it was not opened with; the message names those it has. */
public final class ModelNotLoadedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String model;

    ModelNotLoadedException(String model, Set<String> loaded) {
        super(
                "no model named '%s' is loaded; loaded are %s. Add it before the engine is opened"
                        .formatted(model, List.copyOf(loaded)));
        this.model = model;
    }

    /** The name that was asked for. */
    public String model() {
        return model;
    }
}
