/**
 * The values a template computes with, compared, ordered and printed as Python does, and what can
 * go wrong with them.
 *
 * <p>Imports {@code text}. Begin reading at {@link dev.nightjar.tokenizer.jinja.value.Value}.
 */
package dev.nightjar.tokenizer.jinja.value;
