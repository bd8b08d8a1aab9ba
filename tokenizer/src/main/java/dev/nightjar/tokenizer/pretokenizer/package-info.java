/**
 * The second stage of a tokenizer: normalized text to the pieces that the model encodes one by one.
 *
 * <p>Imports {@code algorithm}, {@code pattern} and, for {@code Edits}, {@code normalizer}. Begin
 * reading at {@link dev.nightjar.tokenizer.pretokenizer.PieceSplitter}.
 */
package dev.nightjar.tokenizer.pretokenizer;
