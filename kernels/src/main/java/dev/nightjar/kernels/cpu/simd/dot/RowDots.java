package dev.nightjar.kernels.cpu.simd.dot;

import dev.nightjar.kernels.tensor.DType;
import java.util.Optional;

/** The block formats that are multiplied without a panel when there is one row of activations. */
public final class RowDots {

    private static final Optional<RowDot> F32 = Optional.of(new Float32Dot());
    private static final Optional<RowDot> F16 = Optional.of(new Float16Dot());
    private static final Optional<RowDot> BF16 = Optional.of(new BFloat16Dot());
    private static final Optional<RowDot> Q8_0 = Optional.of(new Q8_0Dot());
    private static final Optional<RowDot> Q4_0 = Optional.of(new Q4_0Dot());
    private static final Optional<RowDot> Q4_1 = Optional.of(new Q4_1Dot());
    private static final Optional<RowDot> Q5_0 = Optional.of(new Q5_0Dot());
    private static final Optional<RowDot> Q4_K = Optional.of(new Q4_KDot());
    private static final Optional<RowDot> Q5_K = Optional.of(new Q5_KDot());
    private static final Optional<RowDot> Q6_K = Optional.of(new Q6_KDot());
    private static final Optional<RowDot> IQ4_NL = Optional.of(new IQ4_NLDot());
    private static final Optional<RowDot> MXFP4 = Optional.of(new MXFP4Dot());

    private RowDots() {}

    /** The product of a type, if it has one. */
    public static Optional<RowDot> of(DType dtype) {
        return switch (dtype) {
            case F32 -> F32;
            case F16 -> F16;
            case BF16 -> BF16;
            case Q8_0 -> Q8_0;
            case Q4_0 -> Q4_0;
            case Q4_1 -> Q4_1;
            case Q5_0 -> Q5_0;
            case Q4_K -> Q4_K;
            case Q5_K -> Q5_K;
            case Q6_K -> Q6_K;
            case IQ4_NL -> IQ4_NL;
            case MXFP4 -> MXFP4;
            default -> Optional.empty();
        };
    }
}
