package dev.nightjar.engine.text;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.Usage;
import java.util.List;
import java.util.Optional;

/**
 * What a running generation reports; {@link Finished} is the last event, exactly once. Reasoning
 * and tool calls come only from conversations whose answers are taken apart.
 */
public sealed interface TextEvent {

    /**
     * More text, never cut inside a character.
     *
     * @param text the piece; all pieces together are the whole text; empty only beside tokens that
     *     add nothing to it
     * @param tokens the tokens it is made of, if they were asked for
     */
    record Delta(String text, List<TokenText> tokens) implements TextEvent {
        /** Copies the tokens. */
        public Delta {
            tokens = List.copyOf(tokens);
        }

        /** Text whose tokens nobody asked for. */
        public Delta(String text) {
            this(text, List.of());
        }
    }

    /**
     * More of what the model thinks before it answers.
     *
     * @param text the piece, never empty
     */
    record Reasoning(String text) implements TextEvent {}

    /**
     * The model begins to call a tool.
     *
     * @param index counts the calls of this answer from 0
     * @param id names the call in the conversation
     * @param name the tool
     */
    record ToolCall(int index, String id, String name) implements TextEvent {}

    /**
     * More of the arguments of a call.
     *
     * @param index which call
     * @param json the piece, never empty; all pieces of a call are one JSON object unless the
     *     answer was cut
     */
    record ToolArguments(int index, String json) implements TextEvent {}

    /**
     * The end.
     *
     * @param reason why
     * @param stop the stop string that matched, if one did
     * @param usage counts and times
     * @param error what went wrong, when the reason is {@link FinishReason#ERROR}
     */
    record Finished(FinishReason reason, Optional<String> stop, Usage usage, Optional<String> error)
            implements TextEvent {}
}
