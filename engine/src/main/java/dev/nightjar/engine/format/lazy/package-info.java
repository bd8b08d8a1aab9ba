/**
 * Tensors that are described before their bytes are made, and the few operations that turn a
 * checkpoint's layout into the one that architectures ask for. Views where rows can be sliced,
 * copies where values or their order must change.
 *
 * <p>May import {@code dev.nightjar.kernels.tensor}, {@code dev.nightjar.kernels.quant} and package
 * {@code format}. Begin with {@link dev.nightjar.engine.format.lazy.LazyTensor}.
 */
package dev.nightjar.engine.format.lazy;
