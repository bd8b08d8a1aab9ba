/**
 * Decision trees on vectors of rows.
 *
 * <p>May import {@code tree} and {@code cpu.simd.vector}. Begin with {@link
 * dev.nightjar.kernels.cpu.simd.tree.VectorTreeKernel}.
 */
package dev.nightjar.kernels.cpu.simd.tree;
