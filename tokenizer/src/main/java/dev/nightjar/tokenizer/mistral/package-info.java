/**
 * The prompts of Mistral's own tokenizer files, which have no chat template.
 *
 * <p>Imports the root package, {@code template} and the JDK. Begin reading at {@link
 * dev.nightjar.tokenizer.mistral.MistralPrompt}.
 */
package dev.nightjar.tokenizer.mistral;
