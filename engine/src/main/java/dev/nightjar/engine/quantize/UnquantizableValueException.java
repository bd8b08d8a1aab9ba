package dev.nightjar.engine.quantize;

import dev.nightjar.kernels.tensor.DType;

/** A weight that a type cannot hold: not a number, infinite, or beyond the range of its scales. */
public final class UnquantizableValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the weight by its tensor and its index in row-major order. */
    UnquantizableValueException(String tensor, long index, float value, DType dtype) {
        super(
                ("tensor %s: element %d is %s, which %s cannot hold; repair the source or keep the"
                                + " tensor as it is with --keep")
                        .formatted(tensor, index, value, dtype));
    }
}
