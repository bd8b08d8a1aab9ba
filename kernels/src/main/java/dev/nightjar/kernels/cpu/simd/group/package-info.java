/**
 * Weights in groups of rows times activations in floats, one class per format.
 *
 * <p>May import {@code code}, {@code layout} and {@code vector}. Begin with {@link
 * dev.nightjar.kernels.cpu.simd.group.GroupFormat}.
 */
package dev.nightjar.kernels.cpu.simd.group;
