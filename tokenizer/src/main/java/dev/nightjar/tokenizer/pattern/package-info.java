/**
 * Patterns that a tokenizer.json may bring along: plain text, and regular expressions in the syntax
 * of Oniguruma.
 *
 * <p>Imports the JDK only. Begin reading at {@link dev.nightjar.tokenizer.pattern.TextPattern}.
 */
package dev.nightjar.tokenizer.pattern;
