/**
 * Models as folders in the manner of Hugging Face: {@code config.json}, weights under the names of
 * their modeling code. Here stands what all families of models share; {@code family} has a table of
 * names and hyper-parameters for each.
 *
 * <p>May import {@code dev.nightjar.kernels} (tensors and the enums of {@code backend}) and
 * packages {@code request}, {@code format}, {@code format.json} and {@code format.lazy}. Begin with
 * {@link dev.nightjar.engine.format.hf.Family}.
 */
package dev.nightjar.engine.format.hf;
