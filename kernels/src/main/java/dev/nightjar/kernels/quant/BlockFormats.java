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
                    new Q8_0Format(),
                    new Q4_0Format(),
                    new Q4_KFormat(),
                    new Q6_KFormat());

    private BlockFormats() {}

    /** The format of a type; empty if its files can be inspected only. */
    public static Optional<BlockFormat> of(DType dtype) {
        return FORMATS.stream().filter(format -> format.dtype() == dtype).findFirst();
    }

    /** The types with a format, plain ones first. */
    public static List<DType> known() {
        return FORMATS.stream().map(BlockFormat::dtype).toList();
    }
}
