package dev.nightjar.server.catalog;

/**
 * An operator's rule that sends short prompts to a smaller model.
 *
 * @param maxTokens most tokens of a prompt that goes there, as that model counts them
 * @param target id of the smaller model
 */
public record ShortRoute(int maxTokens, String target) {}
