package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.util.List;

/** A type that can be read was asked to be written. */
public final class ReadOnlyFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the type and those that can be written. */
    public ReadOnlyFormatException(DType found, List<DType> writable) {
        super(
                "%s can be read but not written; types that can be written: %s"
                        .formatted(found, writable));
    }
}
