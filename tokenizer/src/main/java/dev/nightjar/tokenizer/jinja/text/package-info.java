/**
 * Operations on plain strings with Python's meaning: white space, case, search, numbers as text.
 *
 * <p>Imports the JDK only. Begin reading at {@link dev.nightjar.tokenizer.jinja.text.Characters}.
 */
package dev.nightjar.tokenizer.jinja.text;
