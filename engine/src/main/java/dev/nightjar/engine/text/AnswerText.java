package dev.nightjar.engine.text;

import dev.nightjar.engine.answer.AnswerParser;
import dev.nightjar.engine.answer.AnswerPart;
import dev.nightjar.engine.answer.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes events of the text of one answer: takes it apart where the model marks parts, and matches
 * stop strings in what is said and in what is thought, each by itself, never in markers and
 * arguments. For one thread.
 */
final class AnswerText {

    private final Optional<AnswerParser> parser;
    private final StopMatcher stops;
    private final List<TextEvent> events = new ArrayList<>();
    private boolean isReasoning;

    /** Text that is taken apart if there is a parser. */
    AnswerText(Optional<AnswerParser> parser, List<String> stop) {
        this.parser = parser;
        this.stops = new StopMatcher(stop);
    }

    /** Takes more text. */
    List<TextEvent> accept(String text) {
        if (isEnded()) {
            return List.of();
        }
        if (parser.isPresent()) {
            parser.get().accept(text).forEach(this::part);
        } else {
            emit(stops.accept(text));
        }
        return take();
    }

    /** The end, unless the text was ended here before. */
    List<TextEvent> finish(String rest, Ending ending) {
        if (isEnded()) {
            return List.of();
        }
        List<TextEvent> last = new ArrayList<>(accept(rest));
        if (stop().isEmpty()) {
            parser.ifPresent(known -> known.finish(ending).forEach(this::part));
            emit(stops.flush());
        }
        last.addAll(take());
        return last;
    }

    /** Whether nothing that follows counts: a stop string matched, or the only call is complete. */
    boolean isEnded() {
        return stop().isPresent() || parser.filter(AnswerParser::isEnded).isPresent();
    }

    /** Whether some of the text becomes no text of the answer. */
    boolean isTakenApart() {
        return parser.isPresent();
    }

    /** The stop string that ended the text. */
    Optional<String> stop() {
        return stops.matched();
    }

    private void part(AnswerPart part) {
        if (stop().isPresent()) {
            return;
        }
        switch (part) {
            case AnswerPart.Content content -> text(content.text(), false);
            case AnswerPart.Reasoning thought -> text(thought.text(), true);
            case AnswerPart.Call call -> {
                emit(stops.flush());
                events.add(new TextEvent.ToolCall(call.index(), call.id(), call.name()));
            }
            case AnswerPart.Arguments piece ->
                    events.add(new TextEvent.ToolArguments(piece.index(), piece.json()));
        }
    }

    private void text(String text, boolean isThought) {
        if (isThought != isReasoning) {
            emit(stops.flush());
            isReasoning = isThought;
        }
        emit(stops.accept(text));
    }

    private void emit(String text) {
        if (!text.isEmpty()) {
            events.add(isReasoning ? new TextEvent.Reasoning(text) : new TextEvent.Delta(text));
        }
    }

    private List<TextEvent> take() {
        List<TextEvent> taken = List.copyOf(events);
        events.clear();
        return taken;
    }
}
