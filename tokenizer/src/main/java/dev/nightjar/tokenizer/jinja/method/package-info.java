/**
 * The methods that Python's values have, as far as templates can use them.
 *
 * <p>Imports {@code text} and {@code value}. Begin reading at {@link
 * dev.nightjar.tokenizer.jinja.method.Methods}.
 */
package dev.nightjar.tokenizer.jinja.method;
