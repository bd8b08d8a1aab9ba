package dev.nightjar.engine.lifecycle;

/** What loads models: a device with its memory. Safe for use by several threads. */
public interface ModelHost {

    /**
     * The memory that a model will take, as far as its files tell before it is loaded.
     *
     * @return bytes of weights, KV pool and workspace
     * @throws dev.nightjar.engine.format.ModelFormatException if it is damaged or not supported
     */
    long plannedBytes(ModelSource source);

    /**
     * Loads a model; takes as long as that takes. Whatever goes wrong, nothing stays behind.
     *
     * @param name it is served under
     * @throws dev.nightjar.engine.format.ModelFormatException if it is damaged or incomplete
     */
    ModelInstance load(String name, ModelSource source);
}
