package dev.nightjar.engine.model;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.engine.nn.Workspace;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvLayerSpec;
import java.util.List;

/** How an architecture is planned and built; one per architecture. */
public interface ModelFactory {

    /** What each layer keeps per token, known before any weight is touched. */
    List<KvLayerSpec> cacheSpec(ModelConfig config);

    /** Widths of the activations, for the memory plan. */
    Workspace.Widths widths(ModelConfig config);

    /**
     * Prepares the weights and allocates the workspace. The memory behind {@code weights} must stay
     * valid as long as the model is used.
     */
    CausalLm create(Backend backend, ModelConfig config, WeightMap weights, StepLimits limits);
}
