/**
 * Large documents of numbers, in JSON or UBJSON, whose arrays become arrays of doubles rather than
 * lists of objects.
 *
 * <p>May import package {@code format}, nothing else of the engine. Begin with {@link
 * dev.nightjar.engine.format.document.Document}.
 */
package dev.nightjar.engine.format.document;
