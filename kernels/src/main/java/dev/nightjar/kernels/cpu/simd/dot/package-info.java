/**
 * A row of each block format times a vector, where it lies, one class per format.
 *
 * <p>May import {@code vector}. Begin with {@link dev.nightjar.kernels.cpu.simd.dot.RowDot}.
 */
package dev.nightjar.kernels.cpu.simd.dot;
