/**
 * What a tensor is: element types, shapes, and bytes that somebody else owns; no math.
 *
 * <p>Imports nothing of Nightjar. Begin with {@link dev.nightjar.kernels.tensor.Tensor}.
 */
package dev.nightjar.kernels.tensor;
