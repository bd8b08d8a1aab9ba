/**
 * Ops on rows: norms, rotations, lookups, means, routes.
 *
 * <p>May import {@code element}, {@code decode}, {@code team} and {@code vector}. Begin with {@link
 * dev.nightjar.kernels.cpu.simd.row.RmsNormKernel}.
 */
package dev.nightjar.kernels.cpu.simd.row;
