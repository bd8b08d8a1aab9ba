/**
 * Chat messages to prompt text, by the Jinja template of a checkpoint, of a client, or one by name.
 *
 * <p>Imports {@code jinja}, and jackson-core for arguments that are JSON text. Begin reading at
 * {@link dev.nightjar.tokenizer.template.ChatTemplate}; {@link
 * dev.nightjar.tokenizer.template.ChatTemplates} makes them.
 */
package dev.nightjar.tokenizer.template;
