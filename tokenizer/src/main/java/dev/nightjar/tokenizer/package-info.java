/**
 * Text to token ids and back.
 *
 * <p>Imports {@code algorithm} and the JDK only; knows no file format, no model and no HTTP. Begin
 * reading at {@link dev.nightjar.tokenizer.Tokenizer}; a file format fills a {@link
 * dev.nightjar.tokenizer.TokenizerSpec}.
 */
package dev.nightjar.tokenizer;
