package dev.nightjar.kernels.cpu.simd.group;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import dev.nightjar.kernels.tensor.DType;
import java.util.Optional;

/** The block formats that are computed in groups of rows. */
public final class GroupFormats {

    private static final Optional<GroupFormat> F32 = Optional.of(new Float32Group());
    private static final Optional<GroupFormat> F16 = Optional.of(new Float16Group());
    private static final Optional<GroupFormat> BF16 = Optional.of(new BFloat16Group());
    private static final Optional<GroupFormat> Q8_0 =
            Optional.of(VectorShapes.BITS == 512 ? new Q8_0Group() : new Q8_0Words());
    private static final Optional<GroupFormat> Q4_0 = Optional.of(new Q4_0Group());
    private static final Optional<GroupFormat> Q4_K = Optional.of(new Q4_KGroup());
    private static final Optional<GroupFormat> Q5_K = Optional.of(new Q5_KGroup());
    private static final Optional<GroupFormat> Q6_K = Optional.of(new Q6_KGroup());

    private GroupFormats() {}

    /** The format of a type, if it has one. */
    public static Optional<GroupFormat> of(DType dtype) {
        return switch (dtype) {
            case F32 -> F32;
            case F16 -> F16;
            case BF16 -> BF16;
            case Q8_0 -> Q8_0;
            case Q4_0 -> Q4_0;
            case Q4_K -> Q4_K;
            case Q5_K -> Q5_K;
            case Q6_K -> Q6_K;
            default -> Optional.empty();
        };
    }
}
