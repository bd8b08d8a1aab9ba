package dev.nightjar.engine.text;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.Usage;
import java.util.Optional;

/** What a running generation reports; {@link Finished} is the last event, exactly once. */
public sealed interface TextEvent {

    /**
     * More text, never empty and never cut inside a character.
     *
     * @param text the piece; all pieces together are the whole text
     */
    record Delta(String text) implements TextEvent {}

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
