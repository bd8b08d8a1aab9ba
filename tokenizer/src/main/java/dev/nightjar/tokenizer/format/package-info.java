/**
 * Readers of the files that carry tokenizers: tokenizer.json, tokenizer_config.json, vocabularies.
 *
 * <p>Imports everything else of this module but {@code template}. Begin reading at {@link
 * dev.nightjar.tokenizer.format.TokenizerLoader}; docs/formats/tokenizers.md says what is read.
 */
package dev.nightjar.tokenizer.format;
