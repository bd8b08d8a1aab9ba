/**
 * A tokenizer of five stages, as a tokenizer.json describes it.
 *
 * <p>Imports the stages and the root package, whose {@code Tokenizer} it implements. Begin reading
 * at {@link dev.nightjar.tokenizer.pipeline.PipelineTokenizer}.
 */
package dev.nightjar.tokenizer.pipeline;
