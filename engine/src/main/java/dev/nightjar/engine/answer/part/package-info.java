/**
 * What an answer consists of, and what is known of it before it begins.
 *
 * <p>Imports nothing of the engine. Begin with {@link dev.nightjar.engine.answer.part.AnswerPart}.
 */
package dev.nightjar.engine.answer.part;
