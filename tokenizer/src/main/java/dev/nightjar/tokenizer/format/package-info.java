/**
 * The tokenizer of a checkpoint: which of its files counts, and what the small files beside it say.
 *
 * <p>Imports everything else of this module but {@code template}. Begin reading at {@link
 * dev.nightjar.tokenizer.format.TokenizerLoader}; docs/formats/tokenizers.md says what is read.
 */
package dev.nightjar.tokenizer.format;
