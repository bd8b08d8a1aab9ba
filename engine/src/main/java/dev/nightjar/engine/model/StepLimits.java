package dev.nightjar.engine.model;

/**
 * The largest step a model must be ready for.
 *
 * @param maxTokens tokens per step
 * @param maxLogitRows rows of logits per step
 * @param maxContext positions per sequence
 */
public record StepLimits(int maxTokens, int maxLogitRows, int maxContext) {}
