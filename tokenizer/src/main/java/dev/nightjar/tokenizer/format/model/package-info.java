/**
 * Readers of vocabularies that are a model by themselves: SentencePiece, tiktoken and tekken.
 *
 * <p>Imports {@code format.syntax}, {@code pretokenizer} and the root package. Begin reading at
 * {@link dev.nightjar.tokenizer.format.model.TokenizerModelFile}; docs/formats/tokenizers.md says
 * what is read.
 */
package dev.nightjar.tokenizer.format.model;
