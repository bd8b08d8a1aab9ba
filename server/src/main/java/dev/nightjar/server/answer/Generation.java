package dev.nightjar.server.answer;

import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a request asks to be generated.
 *
 * @param model by which model
 * @param sequences one per choice of each prompt, the choices of a prompt side by side
 * @param choicesPerPrompt how many in a row share a prompt
 * @param isStreamed whether the answer is a stream of events
 */
public record Generation(
        TextModel model, List<TextRequest> sequences, int choicesPerPrompt, boolean isStreamed) {

    /** Copies the sequences. */
    public Generation {
        sequences = List.copyOf(sequences);
    }

    /** The same with a time limit. */
    Generation within(Optional<Duration> limit) {
        return limit.map(
                        time ->
                                new Generation(
                                        model,
                                        sequences.stream().map(s -> s.withTimeout(time)).toList(),
                                        choicesPerPrompt,
                                        isStreamed))
                .orElse(this);
    }
}
