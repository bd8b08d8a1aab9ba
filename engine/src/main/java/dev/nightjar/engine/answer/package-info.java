/**
 * Takes the answers of models apart while they arrive: what is reasoning, what is a call of a tool,
 * what is said to the user; in the markup that each family of models was trained on.
 *
 * <p>May import the packages below it and {@code format.json}, nothing else of the engine. Begin
 * with {@link dev.nightjar.engine.answer.AnswerStyle}; {@link
 * dev.nightjar.engine.answer.AnswerParser} does the work.
 */
package dev.nightjar.engine.answer;
