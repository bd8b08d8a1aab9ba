/**
 * Rows of each block format as floats, one class per format.
 *
 * <p>May import {@code vector}. Begin with {@link dev.nightjar.kernels.cpu.simd.decode.RowDecoder}.
 */
package dev.nightjar.kernels.cpu.simd.decode;
