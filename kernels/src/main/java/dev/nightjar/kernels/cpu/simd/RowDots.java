package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.tensor.DType;
import java.util.Optional;

/** The block formats that are multiplied without a panel when there is one row of activations. */
final class RowDots {

    private static final Optional<RowDot> F32 = Optional.of(new Float32Dot());
    private static final Optional<RowDot> BF16 = Optional.of(new BFloat16Dot());
    private static final Optional<RowDot> Q8_0 = Optional.of(new Q8_0Dot());
    private static final Optional<RowDot> Q4_0 = Optional.of(new Q4_0Dot());

    private RowDots() {}

    /** The product of a type, if it has one. */
    static Optional<RowDot> of(DType dtype) {
        return switch (dtype) {
            case F32 -> F32;
            case BF16 -> BF16;
            case Q8_0 -> Q8_0;
            case Q4_0 -> Q4_0;
            default -> Optional.empty();
        };
    }
}
