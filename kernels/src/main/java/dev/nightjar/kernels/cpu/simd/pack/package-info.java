/**
 * Packs weights into groups when a model is loaded.
 *
 * <p>May import {@code group} and what stands below it. Begin with {@link
 * dev.nightjar.kernels.cpu.simd.pack.WeightPacker}.
 */
package dev.nightjar.kernels.cpu.simd.pack;
