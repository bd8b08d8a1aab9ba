package dev.nightjar.server.choice;

import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.engine.text.TokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Choices that were generated before, event by event: read again they make the same answer, whole
 * or streamed.
 */
public final class RecordedChoices implements ChoiceSource {

    /** About what an event takes beside its text, and a token beside its bytes. */
    private static final long EVENT_BYTES = 72;

    private static final long TOKEN_BYTES = 96;

    private final List<List<TextEvent>> choices;

    private RecordedChoices(List<List<TextEvent>> choices) {
        this.choices = choices.stream().map(List::copyOf).toList();
    }

    /** Takes down what is read of choices on its way to another reader. */
    public static final class Recorder implements ChoiceReader {

        private final List<List<TextEvent>> choices;
        private final ChoiceReader next;

        /** Handing everything on to a reader. */
        public Recorder(int numChoices, ChoiceReader next) {
            this.choices =
                    IntStream.range(0, numChoices)
                            .<List<TextEvent>>mapToObj(choice -> new ArrayList<>())
                            .toList();
            this.next = next;
        }

        @Override
        public void accept(int choice, TextEvent event) {
            choices.get(choice).add(event);
            next.accept(choice, event);
        }

        /** All of it, after each choice has ended. */
        public RecordedChoices recorded() {
            return new RecordedChoices(choices);
        }
    }

    /** About how much memory they take. */
    public long bytes() {
        return choices.stream().flatMap(List::stream).mapToLong(RecordedChoices::bytes).sum();
    }

    @Override
    public int promptTokens(int choice) {
        return ((TextEvent.Finished) choices.get(choice).getLast()).usage().promptTokens();
    }

    @Override
    public void readTo(ChoiceReader reader) {
        for (int choice = 0; choice < choices.size(); choice++) {
            for (TextEvent event : choices.get(choice)) {
                reader.accept(choice, event);
            }
        }
    }

    @Override
    public void abort() {
        // nothing runs
    }

    @Override
    public void endTo(ChoiceReader reader) {
        // nothing runs
    }

    @Override
    public void close() {
        // nothing is held
    }

    private static long bytes(TextEvent event) {
        return EVENT_BYTES
                + switch (event) {
                    case TextEvent.Delta delta ->
                            2L * delta.text().length() + bytes(delta.tokens());
                    case TextEvent.Reasoning thought -> 2L * thought.text().length();
                    case TextEvent.ToolCall call ->
                            2L * (call.id().length() + call.name().length());
                    case TextEvent.ToolArguments piece -> 2L * piece.json().length();
                    case TextEvent.Finished finished -> EVENT_BYTES;
                };
    }

    private static long bytes(List<TokenText> tokens) {
        return tokens.stream()
                .mapToLong(token -> TOKEN_BYTES + token.bytes().length + bytes(token.top()))
                .sum();
    }
}
