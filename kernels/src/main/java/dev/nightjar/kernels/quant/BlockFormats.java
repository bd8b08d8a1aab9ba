package dev.nightjar.kernels.quant;

import dev.nightjar.kernels.tensor.DType;
import java.util.List;
import java.util.Optional;

/** The formats that can be computed with. */
public final class BlockFormats {

    private static final List<BlockFormat> FORMATS =
            List.of(
                    new Float32Format(),
                    new Float16Format(),
                    new BFloat16Format(),
                    new Float8E4M3Format(),
                    new Float8E5M2Format(),
                    new Q8_0Format(),
                    new Q4_0Format(),
                    new Q4_1Format(),
                    new Q5_0Format(),
                    new Q5_1Format(),
                    new Q2_KFormat(),
                    new Q3_KFormat(),
                    new Q4_KFormat(),
                    new Q5_KFormat(),
                    new Q6_KFormat(),
                    new IQ4_NLFormat(),
                    new IQ4_XSFormat(),
                    new MXFP4Format(),
                    new TQ1_0Format(),
                    new TQ2_0Format());

    private BlockFormats() {}

    /** The format of a type; empty if its files can be inspected only. */
    public static Optional<BlockFormat> of(DType dtype) {
        return FORMATS.stream().filter(format -> format.dtype() == dtype).findFirst();
    }

    /** The types with a format, plain ones first. */
    public static List<DType> known() {
        return FORMATS.stream().map(BlockFormat::dtype).toList();
    }

    /** Those of them that floats can be quantized to. */
    public static List<DType> writable() {
        return FORMATS.stream().filter(BlockFormat::isWritable).map(BlockFormat::dtype).toList();
    }
}
