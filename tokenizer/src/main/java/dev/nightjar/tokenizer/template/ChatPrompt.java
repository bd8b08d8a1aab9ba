package dev.nightjar.tokenizer.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a template is rendered with. Build one with {@link #of} and refine it with the {@code with…}
 * methods.
 *
 * @param messages the conversation, at least one message
 * @param tools what the model may call, as JSON schemas
 * @param documents what the model may quote
 * @param ending how the text ends
 * @param variables more names for the template, such as {@code enable_thinking}; they cannot
 *     replace the conversation
 */
public record ChatPrompt(
        List<ChatMessage> messages,
        Optional<List<?>> tools,
        Optional<List<?>> documents,
        Ending ending,
        Map<String, Object> variables) {

    /** How a prompt ends. */
    public enum Ending {
        /** Where the assistant is to speak. */
        ASSISTANT_TURN,
        /** With the last message. */
        LAST_MESSAGE
    }

    /**
     * Copies all of it.
     *
     * @throws ChatTemplateException if there is no message
     */
    public ChatPrompt {
        messages = List.copyOf(messages);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        if (messages.isEmpty()) {
            throw new ChatTemplateException("expected at least one message, found none");
        }
    }

    /** A conversation that the assistant is to continue. */
    public static ChatPrompt of(List<ChatMessage> messages) {
        return new ChatPrompt(
                messages, Optional.empty(), Optional.empty(), Ending.ASSISTANT_TURN, Map.of());
    }

    /** With other messages. */
    public ChatPrompt withMessages(List<ChatMessage> value) {
        return new ChatPrompt(value, tools, documents, ending, variables);
    }

    /** With tools. */
    public ChatPrompt withTools(List<?> value) {
        return new ChatPrompt(messages, Optional.of(value), documents, ending, variables);
    }

    /** Without any tools. */
    public ChatPrompt withoutTools() {
        return new ChatPrompt(messages, Optional.empty(), documents, ending, variables);
    }

    /** With documents. */
    public ChatPrompt withDocuments(List<?> value) {
        return new ChatPrompt(messages, tools, Optional.of(value), ending, variables);
    }

    /** With another ending. */
    public ChatPrompt withEnding(Ending value) {
        return new ChatPrompt(messages, tools, documents, value, variables);
    }

    /** With more names for the template. */
    public ChatPrompt withVariables(Map<String, ?> value) {
        return new ChatPrompt(messages, tools, documents, ending, new LinkedHashMap<>(value));
    }
}
