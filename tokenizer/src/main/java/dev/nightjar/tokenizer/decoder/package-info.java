/**
 * The last stage of a tokenizer: tokens back to text.
 *
 * <p>Imports {@code algorithm} and {@code pattern}. Begin reading at {@link
 * dev.nightjar.tokenizer.decoder.TokenDecoder}.
 */
package dev.nightjar.tokenizer.decoder;
