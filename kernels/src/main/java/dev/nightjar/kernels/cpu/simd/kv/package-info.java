/**
 * Keys and values in the paged cache, one class per type of their elements.
 *
 * <p>May import {@code team} and {@code vector}. Begin with {@link
 * dev.nightjar.kernels.cpu.simd.kv.KvFormat}.
 */
package dev.nightjar.kernels.cpu.simd.kv;
