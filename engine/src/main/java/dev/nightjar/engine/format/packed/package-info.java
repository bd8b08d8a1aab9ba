/**
 * Weights that are stored in a form of their own (8-bit floats with scales, GPTQ, AWQ,
 * microscaling) as tensors of types that can be multiplied with, described first and converted when
 * needed.
 *
 * <p>May import {@code dev.nightjar.kernels.tensor}, {@code dev.nightjar.kernels.quant} and
 * packages {@code format}, {@code format.json} and {@code format.lazy}. Begin with {@link
 * dev.nightjar.engine.format.packed.PackedWeights}.
 */
package dev.nightjar.engine.format.packed;
