/**
 * Source to syntax tree.
 *
 * <p>Imports {@code text} and {@code value}. Begin reading at {@link
 * dev.nightjar.tokenizer.jinja.syntax.TemplateParser}; the tree is {@link
 * dev.nightjar.tokenizer.jinja.syntax.Statement} and {@link
 * dev.nightjar.tokenizer.jinja.syntax.Expression}.
 */
package dev.nightjar.tokenizer.jinja.syntax;
