package dev.nightjar.engine.format;

import java.util.Objects;

/** What is done to a pooled vector. */
public sealed interface PipelineModule {

    /**
     * A projection {@code activation(W · x + b)}. Its tensors are {@code NAME.weight [out, in]}
     * and, if it has a bias, {@code NAME.bias [out]}.
     *
     * @param name of its tensors in the checkpoint
     * @param inputSize elements of a vector before it
     * @param outputSize elements of a vector behind it
     * @param hasBias whether there is b
     * @param activation of each element
     */
    record Dense(
            String name, int inputSize, int outputSize, boolean hasBias, DenseActivation activation)
            implements PipelineModule {

        /** Requires the objects. */
        public Dense {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(activation, "activation");
        }
    }

    /** Scales vectors to length 1; one of zeros stays one. */
    record Normalize() implements PipelineModule {}
}
