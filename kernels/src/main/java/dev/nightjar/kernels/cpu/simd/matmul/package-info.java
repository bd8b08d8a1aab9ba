/**
 * Products of matrices: which kernel takes which rows, and the work of a thread.
 *
 * <p>May import {@code pack}, {@code decode}, {@code dot} and what stands below them. Begin with
 * {@link dev.nightjar.kernels.cpu.simd.matmul.MatmulKernel}.
 */
package dev.nightjar.kernels.cpu.simd.matmul;
