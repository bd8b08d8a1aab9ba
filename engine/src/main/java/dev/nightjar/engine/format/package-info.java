/**
 * Checkpoints on disk become checked tensors, one configuration record and a tokenizer's data.
 *
 * <p>May import {@code dev.nightjar.kernels.tensor} and {@code dev.nightjar.tokenizer}, nothing
 * else of the engine. A file is untrusted: every size and offset is checked before it is used, and
 * whatever is wrong ends in a {@link dev.nightjar.engine.format.ModelFormatException}. Begin with
 * {@link dev.nightjar.engine.format.GgufFile}.
 */
package dev.nightjar.engine.format;
