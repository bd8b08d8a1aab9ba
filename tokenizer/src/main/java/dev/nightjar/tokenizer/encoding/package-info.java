/**
 * What a model takes instead of ids alone: special tokens around the text, types, masks, places;
 * cut and filled to a length.
 *
 * <p>Imports the JDK only. Begin reading at {@link dev.nightjar.tokenizer.encoding.Encoding}.
 */
package dev.nightjar.tokenizer.encoding;
