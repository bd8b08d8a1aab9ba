package dev.nightjar.engine.text;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.Usage;
import dev.nightjar.tokenizer.template.ChatMessage;
import java.util.List;
import java.util.Optional;

/**
 * A whole generated text.
 *
 * @param text the completion, without the prompt; of a conversation, without reasoning and calls
 * @param reasoning what the model thought before it answered, perhaps empty
 * @param toolCalls the tools it calls, in order
 * @param tokens what the text is made of, if that was asked for
 * @param reason why it ended
 * @param stop the stop string that ended it, if one did
 * @param usage counts and times
 */
public record Completion(
        String text,
        String reasoning,
        List<Call> toolCalls,
        List<TokenText> tokens,
        FinishReason reason,
        Optional<String> stop,
        Usage usage) {

    /**
     * A call of a tool.
     *
     * @param id names the call in the conversation
     * @param name the tool
     * @param arguments a JSON object, unless the answer was cut
     */
    public record Call(String id, String name, String arguments) {}

    /** Copies the lists. */
    public Completion {
        toolCalls = List.copyOf(toolCalls);
        tokens = List.copyOf(tokens);
    }

    /**
     * This answer as the next message of its conversation: append it, then what the tools answer or
     * what the user says. Reasoning goes along; the model's template knows whether to show it.
     */
    public ChatMessage message() {
        ChatMessage message = ChatMessage.assistant(text);
        if (!reasoning.isEmpty()) {
            message = message.with("reasoning_content", reasoning);
        }
        for (Call call : toolCalls) {
            message = message.withToolCall(call.id(), call.name(), call.arguments());
        }
        return message;
    }
}
