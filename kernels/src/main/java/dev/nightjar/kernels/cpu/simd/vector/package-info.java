/**
 * The vectors that kernels work on: how many lanes they have, sums over lanes, and functions that
 * processors do not have.
 *
 * <p>Imports nothing of the kernels. Begin with {@link
 * dev.nightjar.kernels.cpu.simd.vector.VectorShapes}.
 */
package dev.nightjar.kernels.cpu.simd.vector;
