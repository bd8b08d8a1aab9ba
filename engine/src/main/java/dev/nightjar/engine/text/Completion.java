package dev.nightjar.engine.text;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.Usage;

/**
 * A whole generated text.
 *
 * @param text the completion, without the prompt
 * @param reason why it ended
 * @param usage counts and times
 */
public record Completion(String text, FinishReason reason, Usage usage) {}
