/**
 * What templates find without defining it: operators, filters, tests and global functions.
 *
 * <p>Imports {@code text}, {@code value} and {@code method}. Begin reading at {@link
 * dev.nightjar.tokenizer.jinja.builtin.Library}.
 */
package dev.nightjar.tokenizer.jinja.builtin;
