package dev.nightjar.engine;

import java.util.List;
import java.util.Set;

/** An engine is asked for a model that it was not opened with; the message names those it has. */
public final class ModelNotLoadedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String model;

    ModelNotLoadedException(String model, Set<String> loaded) {
        this(
                "no model named '%s' is loaded; loaded are %s. Load it, or add it before the engine is opened"
                        .formatted(model, List.copyOf(loaded)),
                model);
    }

    private ModelNotLoadedException(String message, String model) {
        super(message);
        this.model = model;
    }

    static ModelNotLoadedException ofText(Set<String> encoders) {
        return new ModelNotLoadedException(
                "no model that generates text is loaded, only encoders: %s. Add one before the engine is opened"
                        .formatted(List.copyOf(encoders)),
                "");
    }

    /** The name that was asked for; empty if any model of text would have done. */
    public String model() {
        return model;
    }
}
