package dev.nightjar.engine.warmup;

import dev.nightjar.engine.format.TensorSource;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.Optional;
import java.util.Set;

/**
 * The tensors of a checkpoint in whatever shape they are asked for: the first bytes of each, read
 * as that shape. They are copies, so nothing that happens to them reaches the checkpoint.
 *
 * @param full the checkpoint
 */
record MiniatureWeights(TensorSource full) implements TensorSource {

    @Override
    public String name() {
        return full.name();
    }

    @Override
    public Set<String> tensorNames() {
        return full.tensorNames();
    }

    /** As it is; callers who only ask whether it is there and of which rank. */
    @Override
    public Optional<Tensor> tensor(String tensorName) {
        return full.tensor(tensorName);
    }

    @Override
    public Optional<Tensor> tensor(String tensorName, Shape expected) {
        return full.beginning(tensorName, expected);
    }
}
