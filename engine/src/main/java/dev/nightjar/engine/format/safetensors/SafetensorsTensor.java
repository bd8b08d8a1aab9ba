package dev.nightjar.engine.format.safetensors;

import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;

/**
 * What a header says about one tensor, checked.
 *
 * @param name unique in the file
 * @param dtype element type
 * @param shape row-major, outermost dimension first; without dimensions for a scalar
 * @param offset first byte of the elements in the file
 * @param bytes size of the elements
 */
record SafetensorsTensor(String name, DType dtype, Shape shape, long offset, long bytes) {

    /** First byte behind the elements. */
    long end() {
        return offset + bytes;
    }
}
