package dev.nightjar.kernels.cpu.simd.decode;

import dev.nightjar.kernels.backend.UnsupportedDTypeException;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;

/** One decoder per block format. */
public final class RowDecoders {

    private static final RowDecoder F32 = new Float32Decoder();
    private static final RowDecoder F16 = new Float16Decoder();
    private static final RowDecoder BF16 = new BFloat16Decoder();
    private static final RowDecoder Q8_0 = new Q8_0Decoder();
    private static final RowDecoder Q4_0 = new Q4_0Decoder();
    private static final RowDecoder Q4_K = new Q4_KDecoder();
    private static final RowDecoder Q6_K = new Q6_KDecoder();
    private static final RowDecoder F8_E4M3 = Float8Decoder.e4m3();
    private static final RowDecoder F8_E5M2 = Float8Decoder.e5m2();
    private static final RowDecoder Q4_1 = new Q4_1Decoder();
    private static final RowDecoder Q5_0 = new Q5_0Decoder();
    private static final RowDecoder Q5_1 = new Q5_1Decoder();
    private static final RowDecoder Q2_K = new Q2_KDecoder();
    private static final RowDecoder Q3_K = new Q3_KDecoder();
    private static final RowDecoder Q5_K = new Q5_KDecoder();
    private static final RowDecoder IQ4_NL = new IQ4_NLDecoder();
    private static final RowDecoder IQ4_XS = new IQ4_XSDecoder();
    private static final RowDecoder MXFP4 = new MXFP4Decoder();
    private static final RowDecoder TQ1_0 = new TQ1_0Decoder();
    private static final RowDecoder TQ2_0 = new TQ2_0Decoder();

    private RowDecoders() {}

    /** The decoder of a type; callers look it up once per call, not per row. */
    public static RowDecoder of(DType dtype) {
        return switch (dtype) {
            case F32 -> F32;
            case F16 -> F16;
            case BF16 -> BF16;
            case Q8_0 -> Q8_0;
            case Q4_0 -> Q4_0;
            case Q4_K -> Q4_K;
            case Q6_K -> Q6_K;
            case F8_E4M3 -> F8_E4M3;
            case F8_E5M2 -> F8_E5M2;
            case Q4_1 -> Q4_1;
            case Q5_0 -> Q5_0;
            case Q5_1 -> Q5_1;
            case Q2_K -> Q2_K;
            case Q3_K -> Q3_K;
            case Q5_K -> Q5_K;
            case IQ4_NL -> IQ4_NL;
            case IQ4_XS -> IQ4_XS;
            case MXFP4 -> MXFP4;
            case TQ1_0 -> TQ1_0;
            case TQ2_0 -> TQ2_0;
            default -> throw new UnsupportedDTypeException(dtype, BlockFormats.known());
        };
    }
}
