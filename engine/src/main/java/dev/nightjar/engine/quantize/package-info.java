/**
 * Model files written anew with smaller weights.
 *
 * <p>May import {@code dev.nightjar.kernels.tensor}, {@code dev.nightjar.kernels.quant} and
 * packages {@code format} and {@code format.gguf}. Which tensor gets which type is decided before a
 * byte is written; weights pass through memory a slab at a time. Begin with {@link
 * dev.nightjar.engine.quantize.Quantizer}.
 */
package dev.nightjar.engine.quantize;
