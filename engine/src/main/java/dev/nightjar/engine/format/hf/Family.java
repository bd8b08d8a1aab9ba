package dev.nightjar.engine.format.hf;

import dev.nightjar.engine.format.ModelConfig;

/**
 * A family of models: what the keys of its {@code config.json} mean, and which of its tensors is
 * which of those that the architecture asks for. Architectures ask for GGUF names.
 */
public interface Family {

    /** Name of the architecture that computes models of this family, as GGUF has it. */
    String architecture();

    /**
     * The hyper-parameters.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException naming the key, if one is missing,
     *     out of range, contradicts another, or asks for something that is not implemented
     */
    ModelConfig config(HfConfig config);

    /** The names and layouts of the weights of a model that has this configuration. */
    NameTable names(ModelConfig config);
}
