/**
 * The first stage of a tokenizer: text to the form the model was trained on, with the way back to
 * the places it came from.
 *
 * <p>Imports {@code algorithm} and {@code pattern}. Begin reading at {@link
 * dev.nightjar.tokenizer.normalizer.Normalizer}; every rule is written over a {@code Rewriter}.
 */
package dev.nightjar.tokenizer.normalizer;
