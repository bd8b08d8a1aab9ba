package dev.nightjar.engine.registry;

import dev.nightjar.engine.model.LlamaModel;
import dev.nightjar.engine.model.ModelFactory;
import java.util.Map;
import java.util.TreeMap;

/** The architectures this engine can run, by the name that checkpoints give. */
final class Architectures {

    private static final Map<String, ModelFactory> BY_NAME =
            new TreeMap<>(Map.of("llama", LlamaModel.factory()));

    private Architectures() {}

    /**
     * The factory for the architecture that a checkpoint names.
     *
     * @throws UnknownArchitectureException if there is none
     */
    static ModelFactory of(String architecture) {
        ModelFactory factory = BY_NAME.get(architecture);
        if (factory == null) {
            throw new UnknownArchitectureException(architecture, BY_NAME.keySet());
        }
        return factory;
    }
}
