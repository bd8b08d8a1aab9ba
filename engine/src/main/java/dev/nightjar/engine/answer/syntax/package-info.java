/**
 * What models write, character by character: JSON that is followed as it arrives, Python's
 * arguments, markers.
 *
 * <p>May import {@code format.json}, nothing else of the engine. Begin with {@link
 * dev.nightjar.engine.answer.syntax.JsonScanner}.
 */
package dev.nightjar.engine.answer.syntax;
