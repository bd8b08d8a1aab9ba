/**
 * Chat messages to prompt text.
 *
 * <p>Imports the JDK only. Begin reading at {@link dev.nightjar.tokenizer.template.ChatTemplate}; a
 * checkpoint's own template becomes one through {@link
 * dev.nightjar.tokenizer.template.ChatTemplates}.
 */
package dev.nightjar.tokenizer.template;
