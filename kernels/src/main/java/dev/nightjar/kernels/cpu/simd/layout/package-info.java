/**
 * How packed weights and the rows of a matmul lie in memory, and how they are cut.
 *
 * <p>May import {@code vector}. Begin with {@link
 * dev.nightjar.kernels.cpu.simd.layout.GroupLayout}.
 */
package dev.nightjar.kernels.cpu.simd.layout;
