/**
 * Ops on single elements.
 *
 * <p>May import {@code team} and {@code vector}. Begin with {@link
 * dev.nightjar.kernels.cpu.simd.element.AddKernel}.
 */
package dev.nightjar.kernels.cpu.simd.element;
