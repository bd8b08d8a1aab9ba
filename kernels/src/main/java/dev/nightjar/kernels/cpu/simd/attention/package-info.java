/**
 * Attention over the paged cache, and in both directions over packed sequences.
 *
 * <p>May import {@code kv}, {@code element}, {@code team} and {@code vector}. Begin with {@link
 * dev.nightjar.kernels.cpu.simd.attention.AttentionKernel}, or with {@link
 * dev.nightjar.kernels.cpu.simd.attention.SelfAttentionKernel}.
 */
package dev.nightjar.kernels.cpu.simd.attention;
