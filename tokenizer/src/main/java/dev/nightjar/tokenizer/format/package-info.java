/**
 * Files that describe a tokenizer, read into a {@code TokenizerSpec}.
 *
 * <p>Imports the root package and the JDK; every size in a file is checked before it is used. Begin
 * reading at {@link dev.nightjar.tokenizer.format.SentencePieceFile}.
 */
package dev.nightjar.tokenizer.format;
