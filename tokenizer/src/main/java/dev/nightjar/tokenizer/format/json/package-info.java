/**
 * Readers of a tokenizer.json: each stage, and the model in its middle.
 *
 * <p>Imports {@code format.syntax}, the stages, {@code pipeline} and the root package. Begin
 * reading at {@link dev.nightjar.tokenizer.format.json.TokenizerJson}.
 */
package dev.nightjar.tokenizer.format.json;
