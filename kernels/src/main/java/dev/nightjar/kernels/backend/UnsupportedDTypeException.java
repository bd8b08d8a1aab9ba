package dev.nightjar.kernels.backend;

import dev.nightjar.kernels.tensor.DType;

/** A weight has a type that no kernel computes with. */
public final class UnsupportedDTypeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the type found and the types known. */
    public UnsupportedDTypeException(DType found, Iterable<DType> known) {
        super("cannot compute with weights of type %s; known types: %s".formatted(found, known));
    }
}
