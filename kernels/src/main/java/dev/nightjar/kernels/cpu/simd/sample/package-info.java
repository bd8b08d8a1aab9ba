/**
 * Draws tokens from logits without sorting the vocabulary.
 *
 * <p>May import {@code team} and {@code vector}. Begin with {@link
 * dev.nightjar.kernels.cpu.simd.sample.SampleKernel}.
 */
package dev.nightjar.kernels.cpu.simd.sample;
