package dev.nightjar.engine.format.lazy;

import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.SegmentAllocator;

/** Makes the bytes of one tensor. */
@FunctionalInterface
public interface TensorMaker {

    /**
     * The tensor, a view of the checkpoint or a copy in memory of the allocator. Called at most
     * once per tensor.
     */
    Tensor make(SegmentAllocator memory);
}
