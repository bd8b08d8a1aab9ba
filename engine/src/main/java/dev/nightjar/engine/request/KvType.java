package dev.nightjar.engine.request;

import dev.nightjar.kernels.tensor.DType;

/** In which type keys and values of past tokens are kept. */
public enum KvType {
    /** Floats: four bytes an element, nothing is rounded. */
    F32(DType.F32),
    /** Halves: two bytes, 11 bits of precision. */
    F16(DType.F16),
    /** Upper halves of floats: two bytes, 8 bits of precision, the range of floats. */
    BF16(DType.BF16),
    /** Bytes with a scale for every 32 elements: a little more than one byte. */
    Q8_0(DType.Q8_0);

    private final DType dtype;

    KvType(DType dtype) {
        this.dtype = dtype;
    }

    /** What kernels call it. */
    public DType dtype() {
        return dtype;
    }
}
