package dev.nightjar.engine.answer;

/**
 * The marks around reasoning.
 *
 * @param open before it
 * @param close behind it
 */
public record ReasoningTags(String open, String close) {}
