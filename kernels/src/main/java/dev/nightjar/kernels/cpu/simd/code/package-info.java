/**
 * Codes of few bits times activations of eight, as integers.
 *
 * <p>May import {@code layout}, {@code team} and {@code vector}. Begin with {@link
 * dev.nightjar.kernels.cpu.simd.code.CodeFormat}.
 */
package dev.nightjar.kernels.cpu.simd.code;
