/**
 * The subword algorithms, on UTF-8 bytes and integers alone.
 *
 * <p>Imports the JDK only, not even the root package, which wires these classes from a {@code
 * TokenizerSpec}. Begin reading at {@link dev.nightjar.tokenizer.algorithm.SubwordEncoder}; both
 * byte-pair algorithms share {@link dev.nightjar.tokenizer.algorithm.MergeRun}.
 */
package dev.nightjar.tokenizer.algorithm;
