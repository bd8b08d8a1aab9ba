/**
 * The ops on an NVIDIA GPU, by kernels of our own: memory of the device, weights in their block
 * formats, launches.
 *
 * <p>May import {@code cuda.driver}, {@code cpu.scalar} and what those may import. Begin with
 * {@link dev.nightjar.kernels.cuda.CudaProvider}.
 */
package dev.nightjar.kernels.cuda;
