package dev.nightjar.engine.format.gguf;

import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;

/**
 * What a GGUF file says about one tensor.
 *
 * @param name unique in the checkpoint
 * @param dtype element or block type
 * @param shape row-major, outermost dimension first (the file stores the innermost first)
 * @param part number of the file that holds it, 0 unless the checkpoint is split
 * @param fileOffset first byte of the elements in that file
 * @param bytes size of the elements
 */
public record GgufTensorInfo(
        String name, DType dtype, Shape shape, int part, long fileOffset, long bytes) {

    /** First byte behind the elements. */
    public long fileEnd() {
        return fileOffset + bytes;
    }
}
