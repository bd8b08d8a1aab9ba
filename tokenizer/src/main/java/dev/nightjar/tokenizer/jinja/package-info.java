/**
 * Jinja templates: compiled once, rendered often, in a sandbox. The meaning of a template is that
 * of jinja2 as Hugging Face sets it up for chat templates.
 *
 * <p>Imports the packages below it: {@code text}, {@code value}, {@code syntax}, {@code method} and
 * {@code library}. Begin reading at {@link dev.nightjar.tokenizer.jinja.JinjaTemplate}.
 */
package dev.nightjar.tokenizer.jinja;
