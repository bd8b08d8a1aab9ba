package dev.nightjar.engine.answer.part;

/**
 * What is known of an answer before it begins.
 *
 * @param tools what may be called; without any, calls are text
 * @param limit how many calls count
 * @param beginning where the answer begins
 */
public record AnswerSetup(DeclaredTools tools, CallLimit limit, Beginning beginning) {}
