package dev.nightjar.server.answer;

import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.server.choice.ChoiceReader;

/** Sends what the choices generate as it comes. */
final class StreamedAnswer implements ChoiceReader {

    private final EventStream events;
    private final AnswerShape shape;
    private final ChoiceEnds ends;
    private final boolean[] isOpened;

    StreamedAnswer(EventStream events, AnswerShape shape, ChoiceEnds ends, int numChoices) {
        this.events = events;
        this.shape = shape;
        this.ends = ends;
        this.isOpened = new boolean[numChoices];
    }

    @Override
    public void accept(int choice, TextEvent event) {
        if (event instanceof TextEvent.Finished finished) {
            ChoiceEnd end = ends.accept(choice, finished);
            open(choice);
            shape.finish(choice, end).forEach(events::send);
            return;
        }
        if (event instanceof TextEvent.ToolCall) {
            ends.countToolCall(choice);
        }
        open(choice);
        shape.piece(choice, event).forEach(events::send);
    }

    /** Waits for the first text, so that the first chunk tells when generation began. */
    private void open(int choice) {
        if (!isOpened[choice]) {
            isOpened[choice] = true;
            shape.opening(choice).forEach(events::send);
        }
    }
}
