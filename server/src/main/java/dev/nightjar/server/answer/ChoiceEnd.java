package dev.nightjar.server.answer;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.Usage;
import java.time.Instant;
import java.util.Optional;

/**
 * How a choice ended; it has a usable text.
 *
 * @param reason {@code STOP} or {@code LENGTH}
 * @param stop the stop string that ended it, if one did
 * @param numToolCalls tools it calls
 * @param usage its token counts
 * @param at when
 */
public record ChoiceEnd(
        FinishReason reason, Optional<String> stop, int numToolCalls, Usage usage, Instant at) {

    /** Whether the text was cut at its limit of tokens. */
    public boolean isCut() {
        return reason == FinishReason.LENGTH;
    }
}
