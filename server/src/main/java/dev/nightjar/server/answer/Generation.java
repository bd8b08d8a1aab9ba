package dev.nightjar.server.answer;

import dev.nightjar.engine.text.InputLimit;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a request asks to be generated.
 *
 * @param model by which model
 * @param sequences one per choice of each prompt, the choices of a prompt side by side
 * @param choicesPerPrompt how many in a row share a prompt
 * @param isStreamed whether the answer is a stream of events
 * @param names what the client calls parameters that the engine may refuse, by the engine's names
 */
public record Generation(
        TextModel model,
        List<TextRequest> sequences,
        int choicesPerPrompt,
        boolean isStreamed,
        Map<String, String> names) {

    /** Copies the collections. */
    public Generation {
        sequences = List.copyOf(sequences);
        names = Map.copyOf(names);
    }

    /** For clients that call parameters what the engine does. */
    public Generation(
            TextModel model,
            List<TextRequest> sequences,
            int choicesPerPrompt,
            boolean isStreamed) {
        this(model, sequences, choicesPerPrompt, isStreamed, Map.of());
    }

    /** Whether the same request makes the same texts each time. */
    boolean isRepeatable() {
        return sequences.stream()
                .map(TextRequest::sampling)
                .allMatch(s -> s.temperature() == 0 || s.seed().isPresent());
    }

    /** All that its texts depend on beside the model. */
    List<?> asked() {
        return List.of("generate", sequences, choicesPerPrompt);
    }

    /** The same with another limit of its prompts. */
    public Generation withInputLimit(InputLimit limit) {
        return with(sequence -> sequence.withInputLimit(limit));
    }

    /** The same with a time limit. */
    Generation within(Optional<Duration> limit) {
        return limit.map(time -> with(sequence -> sequence.withTimeout(time))).orElse(this);
    }

    private Generation with(UnaryOperator<TextRequest> change) {
        return new Generation(
                model,
                sequences.stream().map(change).toList(),
                choicesPerPrompt,
                isStreamed,
                names);
    }
}
