package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.kernels.backend.Backend;

/** Builds the models of one architecture. */
@FunctionalInterface
public interface ModelFactory {

    /**
     * Prepares the weights and allocates the workspace. The memory behind {@code weights} must stay
     * valid as long as the model is used.
     */
    CausalLm create(Backend backend, ModelConfig config, WeightMap weights, StepLimits limits);
}
