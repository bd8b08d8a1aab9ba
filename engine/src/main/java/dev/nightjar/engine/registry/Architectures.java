package dev.nightjar.engine.registry;

import dev.nightjar.engine.format.ModelConfig;
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
     * The factory for a checkpoint.
     *
     * @throws UnknownArchitectureException if there is none
     */
    static ModelFactory of(ModelConfig config) {
        ModelFactory factory = BY_NAME.get(config.architecture());
        if (factory == null) {
            throw new UnknownArchitectureException(config.architecture(), BY_NAME.keySet());
        }
        return factory;
    }
}
