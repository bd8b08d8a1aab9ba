package dev.nightjar.engine.prompt;

import dev.nightjar.engine.answer.AnswerStyle;
import dev.nightjar.engine.answer.part.Beginning;

/**
 * A conversation that is ready to be answered.
 *
 * @param ids the prompt
 * @param answers how the answer is written
 * @param beginning where it begins
 */
public record PreparedChat(int[] ids, AnswerStyle answers, Beginning beginning) {}
