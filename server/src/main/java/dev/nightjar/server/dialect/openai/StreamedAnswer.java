package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.server.api.ChoiceReader;
import dev.nightjar.server.api.EventStream;
import dev.nightjar.server.connection.ClientWatch;

/** Sends what the choices generate as it comes. */
final class StreamedAnswer implements ChoiceReader {

    private final EventStream events;
    private final AnswerShape shape;
    private final ChoiceEnds ends;
    private final boolean[] isOpened;

    StreamedAnswer(EventStream events, AnswerShape shape, ClientWatch watch, int numChoices) {
        this.events = events;
        this.shape = shape;
        this.ends = new ChoiceEnds(watch, numChoices);
        this.isOpened = new boolean[numChoices];
    }

    @Override
    public void accept(int choice, TextEvent event) {
        switch (event) {
            case TextEvent.Delta delta -> {
                open(choice);
                events.send(shape.delta(choice, delta.text()));
            }
            case TextEvent.Finished finished -> {
                String reason = ends.accept(choice, finished);
                open(choice);
                events.send(shape.finish(choice, reason));
            }
            default -> throw new IllegalStateException("not asked for: " + event);
        }
    }

    /** The chunk of counts, after all choices have ended. */
    byte[] usage(int choicesPerPrompt) {
        return shape.usage(TokenCounts.of(ends.usages(), choicesPerPrompt));
    }

    /** Waits for the first text, so that the first chunk tells when generation began. */
    private void open(int choice) {
        if (!isOpened[choice]) {
            isOpened[choice] = true;
            shape.opening(choice).ifPresent(events::send);
        }
    }
}
