/**
 * The op set of the engine and the handles it works on: the seam between models and devices.
 *
 * <p>May import {@code tensor} and {@code quant}. Begin with {@link
 * dev.nightjar.kernels.backend.Backend}.
 */
package dev.nightjar.kernels.backend;
