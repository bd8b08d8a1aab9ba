package dev.nightjar.engine.format.lazy;

import dev.nightjar.kernels.tensor.Tensor;

/** Makes the bytes of one tensor. */
@FunctionalInterface
public interface TensorMaker {

    /** The tensor, a view of the checkpoint or a copy in memory of the allocator. */
    Tensor make(Loading loading);
}
