/**
 * What the CPU backends share: memory, prepared weights, the paged KV store, sampling rules.
 *
 * <p>May import {@code tensor}, {@code quant} and {@code backend}. Begin with {@link
 * dev.nightjar.kernels.cpu.CpuKvStore}.
 */
package dev.nightjar.kernels.cpu;
