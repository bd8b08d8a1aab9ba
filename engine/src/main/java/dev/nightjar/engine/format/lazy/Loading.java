package dev.nightjar.engine.format.lazy;

import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.SegmentAllocator;

/**
 * How the bytes of a tensor are being made: for good, or for as long as a copy of them takes.
 *
 * @param memory for copies
 * @param keeps whether tensors remember what was made
 */
public record Loading(SegmentAllocator memory, boolean keeps) {

    /** A tensor that the one being made is a view of. */
    public Tensor of(LazyTensor source) {
        return source.load(this);
    }
}
