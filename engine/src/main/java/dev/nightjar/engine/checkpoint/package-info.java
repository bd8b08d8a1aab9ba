/**
 * A checkpoint, whatever its files are: configuration, weights, vocabulary, template.
 *
 * <p>May import {@code request}, the packages {@code format} and below it, and {@code
 * dev.nightjar.tokenizer}. Begin with {@link dev.nightjar.engine.checkpoint.Checkpoint}.
 */
package dev.nightjar.engine.checkpoint;
