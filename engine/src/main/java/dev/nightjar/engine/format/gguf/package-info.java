/**
 * GGUF files: tensors, configuration and the tokenizer's data out of one mapped file or its parts.
 *
 * <p>May import {@code dev.nightjar.kernels.tensor}, {@code dev.nightjar.tokenizer} and packages
 * {@code request} and {@code format}, nothing else of the engine. A file is untrusted: every size
 * and offset is checked before it is used, and whatever is wrong ends in a {@link
 * dev.nightjar.engine.format.ModelFormatException}. Begin with {@link
 * dev.nightjar.engine.format.gguf.GgufFile}.
 */
package dev.nightjar.engine.format.gguf;
