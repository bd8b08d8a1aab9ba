package dev.nightjar.engine.quantize;

import dev.nightjar.engine.format.gguf.GgufFileWriter;
import dev.nightjar.engine.format.gguf.GgufTensorInfo;
import dev.nightjar.kernels.tensor.DType;

/**
 * What becomes of one tensor.
 *
 * @param source as it is
 * @param dtype as it will be
 */
record TensorTarget(GgufTensorInfo source, DType dtype) {

    /** Whether its bytes stay the same. */
    boolean isCopy() {
        return source.dtype() == dtype;
    }

    GgufFileWriter.Entry entry() {
        return new GgufFileWriter.Entry(source.name(), dtype, source.shape());
    }
}
