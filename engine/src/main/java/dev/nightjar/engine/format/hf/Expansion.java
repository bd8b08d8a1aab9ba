package dev.nightjar.engine.format.hf;

import dev.nightjar.engine.format.lazy.LazyTensor;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What becomes of a tensor of a checkpoint: tensors under the names of an architecture. */
@FunctionalInterface
public interface Expansion {

    /**
     * Describes the tensors.
     *
     * @param tensor of the checkpoint
     * @param names fills in a name's wildcards from the name that was matched
     * @throws IllegalArgumentException if the tensor does not have the shape that this needs
     */
    Map<String, LazyTensor> expand(LazyTensor tensor, UnaryOperator<String> names);
}
