/**
 * Tensors out of files that PyTorch saved, zip archives of pickles and the older chain of pickles,
 * read as inert data.
 *
 * <p>May import {@code dev.nightjar.kernels.tensor} and packages {@code format}, {@code
 * format.lazy} and {@code format.pickle}. Begin with {@link
 * dev.nightjar.engine.format.torch.TorchFile}.
 */
package dev.nightjar.engine.format.torch;
