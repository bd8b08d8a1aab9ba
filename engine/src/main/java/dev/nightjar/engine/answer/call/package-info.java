/**
 * Readers of calls in the markup of each family of models.
 *
 * <p>May import {@code answer.syntax} and {@code answer.part}. Begin with {@link
 * dev.nightjar.engine.answer.call.CallReaders}.
 */
package dev.nightjar.engine.answer.call;
