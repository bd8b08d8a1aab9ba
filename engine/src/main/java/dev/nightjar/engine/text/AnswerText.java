package dev.nightjar.engine.text;

import dev.nightjar.engine.answer.AnswerParser;
import dev.nightjar.engine.answer.part.AnswerPart;
import dev.nightjar.engine.answer.part.Ending;
import dev.nightjar.engine.decoding.StopMatcher;
import dev.nightjar.engine.decoding.TokenTrace;
import dev.nightjar.engine.request.TokenEvent;
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
    private final Optional<TokenTexts> texts;
    private final Optional<TokenTrace<TokenText>> trace;
    private boolean isReasoning;

    /**
     * Text that is taken apart if there is a parser.
     *
     * @param texts present to report tokens with what is said
     */
    AnswerText(Optional<AnswerParser> parser, List<String> stop, Optional<TokenTexts> texts) {
        this.parser = parser;
        this.stops = new StopMatcher(stop);
        this.texts = texts;
        this.trace = texts.map(known -> new TokenTrace<>());
    }

    /** Takes a token and the text that is complete with it. */
    List<TextEvent> accept(TokenEvent.Token token, String text) {
        if (isEnded()) {
            return List.of();
        }
        trace.ifPresent(kept -> kept.accept(texts.orElseThrow().of(token), text));
        return accept(text);
    }

    private List<TextEvent> accept(String text) {
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
        trace.ifPresent(kept -> kept.decode(rest));
        List<TextEvent> last = new ArrayList<>(accept(rest));
        if (stop().isEmpty()) {
            parser.ifPresent(known -> known.finish(ending).forEach(this::part));
            emit(stops.flush());
        }
        last.addAll(take());
        return last;
    }

    /** Tokens that stand for no text, or for the part of their text that was released. */
    List<TextEvent> lastTokens() {
        List<TokenText> tokens =
                parser.isPresent() || trace.isEmpty()
                        ? List.of()
                        : trace.get().finish(stop().isPresent());
        return tokens.isEmpty() ? List.of() : List.of(new TextEvent.Delta("", tokens));
    }

    /** Whether nothing that follows counts: a stop string matched, or the only call is complete. */
    boolean isEnded() {
        return stop().isPresent() || parser.filter(AnswerParser::isEnded).isPresent();
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
                trace.ifPresent(TokenTrace::discard);
                events.add(new TextEvent.ToolCall(call.index(), call.id(), call.name()));
            }
            case AnswerPart.Arguments piece -> {
                trace.ifPresent(TokenTrace::discard);
                events.add(new TextEvent.ToolArguments(piece.index(), piece.json()));
            }
        }
    }

    private void text(String text, boolean isThought) {
        if (isThought != isReasoning) {
            emit(stops.flush());
            isReasoning = isThought;
        }
        if (!isThought) {
            trace.ifPresent(TokenTrace::mark);
        }
        emit(stops.accept(text));
    }

    private void emit(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (isReasoning) {
            trace.ifPresent(TokenTrace::discard);
            events.add(new TextEvent.Reasoning(text));
        } else {
            events.add(
                    new TextEvent.Delta(
                            text, trace.map(kept -> tokens(kept, text)).orElse(List.of())));
        }
    }

    /** Of answers that are taken apart, only the tokens of what is said. */
    private List<TokenText> tokens(TokenTrace<TokenText> kept, String text) {
        return parser.isPresent()
                ? kept.releaseMarked(text.length(), stops.numHeld())
                : kept.release(text);
    }

    private List<TextEvent> take() {
        List<TextEvent> taken = List.copyOf(events);
        events.clear();
        return taken;
    }
}
