package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.UnsupportedDTypeException;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;

/** One decoder per block format. */
final class RowDecoders {

    private static final RowDecoder F32 = new Float32Decoder();
    private static final RowDecoder F16 = new Float16Decoder();
    private static final RowDecoder BF16 = new BFloat16Decoder();
    private static final RowDecoder Q8_0 = new Q8_0Decoder();
    private static final RowDecoder Q4_0 = new Q4_0Decoder();
    private static final RowDecoder Q4_K = new Q4_KDecoder();
    private static final RowDecoder Q6_K = new Q6_KDecoder();

    private RowDecoders() {}

    /** The decoder of a type; callers look it up once per call, not per row. */
    static RowDecoder of(DType dtype) {
        return switch (dtype) {
            case F32 -> F32;
            case F16 -> F16;
            case BF16 -> BF16;
            case Q8_0 -> Q8_0;
            case Q4_0 -> Q4_0;
            case Q4_K -> Q4_K;
            case Q6_K -> Q6_K;
            default -> throw new UnsupportedDTypeException(dtype, BlockFormats.known());
        };
    }
}
