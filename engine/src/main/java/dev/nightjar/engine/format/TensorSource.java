package dev.nightjar.engine.format;

import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.Optional;
import java.util.Set;

/** A checkpoint as a set of named tensors, whatever its file format. */
public interface TensorSource {

    /** What errors call it, usually the file's name. */
    String name();

    /** Names of all tensors, in file order. */
    Set<String> tensorNames();

    /** The tensor of this name, a view that is valid as long as the checkpoint is open. */
    Optional<Tensor> tensor(String tensorName);

    /**
     * The tensor of this name for a model that expects it in this shape. Checkpoints give what they
     * have.
     */
    default Optional<Tensor> tensor(String tensorName, Shape expected) {
        return tensor(tensorName);
    }
}
