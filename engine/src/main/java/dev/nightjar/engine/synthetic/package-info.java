/**
 * Model files with random weights and the shapes of published models, for measuring speed.
 *
 * <p>May import {@code dev.nightjar.kernels.tensor}, {@code dev.nightjar.kernels.quant}, packages
 * {@code format}, {@code format.gguf}, {@code format.json} and {@code quantize}. What such a model
 * says is noise; what it costs is what the published one costs. Begin with {@link
 * dev.nightjar.engine.synthetic.ModelSynthesizer}.
 */
package dev.nightjar.engine.synthetic;
