package dev.nightjar.engine.format;

import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

    /** A copy of the first elements of a tensor, read as that shape; for trying kernels. */
    default Optional<Tensor> beginning(String tensorName, Shape shape) {
        return tensor(tensorName)
                .map(
                        full -> {
                            long bytes = full.dtype().bytesFor(shape.numElements());
                            byte[] copy =
                                    full.data().asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE);
                            return new Tensor(full.dtype(), shape, MemorySegment.ofArray(copy));
                        });
    }
}
