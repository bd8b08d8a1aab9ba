package dev.nightjar.tokenizer.template;

import java.util.Objects;

/**
 * One message of a conversation.
 *
 * @param role who speaks, in the words of the template ({@code user}, {@code assistant}, …)
 * @param content what is said
 */
public record ChatMessage(String role, String content) {
    /** A message; neither part is null. */
    public ChatMessage {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(content, "content");
    }
}
