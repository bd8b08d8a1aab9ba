package dev.nightjar.server.answer;

import dev.nightjar.engine.text.Completion;

/**
 * A choice of a whole answer.
 *
 * @param completion what was generated
 * @param end how it ended
 */
public record WholeChoice(Completion completion, ChoiceEnd end) {}
