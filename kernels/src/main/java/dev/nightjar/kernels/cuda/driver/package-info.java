/**
 * One GPU through the driver: its library or the reason why there is none, memory, copies,
 * launches.
 *
 * <p>May import {@code cuda.binding}, and {@code backend} for what is said of memory. Begin with
 * {@link dev.nightjar.kernels.cuda.driver.CudaLibrary}.
 */
package dev.nightjar.kernels.cuda.driver;
