package dev.nightjar.engine.request;

/** A model is being taken out of service, or was, and takes no new work. */
public final class ModelUnloadedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the model. */
    public ModelUnloadedException(String model) {
        super("model '%s' is being unloaded and takes no new requests".formatted(model));
    }
}
