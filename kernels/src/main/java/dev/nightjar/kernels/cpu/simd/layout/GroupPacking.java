package dev.nightjar.kernels.cpu.simd.layout;

import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/** How rows of a matrix become groups. */
public interface GroupPacking {

    /** Where the weights lie. */
    GroupLayout layout();

    /** Bytes of a group of {@code cols} columns. */
    default long bytes(int cols) {
        return layout().bytes(cols);
    }

    /**
     * Copies rows {@code [first, first + count)} into a group.
     *
     * @param target zero from {@code at} on
     */
    default void pack(Tensor tensor, long first, int count, MemorySegment target, long at) {
        layout().pack(tensor, first, count, target, at);
    }
}
