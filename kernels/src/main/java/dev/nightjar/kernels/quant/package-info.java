/**
 * Block formats: how checkpoints store numbers, as executable specification.
 *
 * <p>May import {@code tensor}. Begin with {@link dev.nightjar.kernels.quant.BlockFormats}.
 */
package dev.nightjar.kernels.quant;
