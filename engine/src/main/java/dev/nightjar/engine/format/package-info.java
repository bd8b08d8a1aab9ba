/**
 * What models need of a checkpoint, whatever its file format: checked tensors by name, one
 * configuration record.
 *
 * <p>May import {@code dev.nightjar.kernels.tensor} and package {@code request}, nothing else of
 * the engine. Begin with {@link dev.nightjar.engine.format.TensorSource} and {@link
 * dev.nightjar.engine.format.ModelConfig}.
 */
package dev.nightjar.engine.format;
