package dev.nightjar.engine.answer;

import dev.nightjar.engine.answer.part.AnswerPart;
import dev.nightjar.engine.answer.part.AnswerWriter;
import dev.nightjar.engine.answer.part.Calls;
import dev.nightjar.engine.answer.part.Ending;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes one answer apart while it arrives. However the text is cut into pieces, the parts are the
 * same once those that continue each other are joined. Nothing is an error: a call that is none is
 * content. For one thread.
 *
 * <p>The text holds the markers of the model, those that are control tokens included.
 */
public final class AnswerParser {

    private final AnswerWriter writer;
    private final Calls calls;
    private Place place;
    private String half = "";

    AnswerParser(AnswerWriter writer, Calls calls, Place place) {
        this.writer = writer;
        this.calls = calls;
        this.place = place;
    }

    /** Takes more text and returns what is certain now, never cut inside a character. */
    public List<AnswerPart> accept(String piece) {
        String text = half + piece;
        half = "";
        int end = text.length();
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
            half = text.substring(end);
        }
        feed(text, end);
        return writer.take();
    }

    /** The rest at the end of the answer. */
    public List<AnswerPart> finish(Ending ending) {
        feed(half, half.length());
        half = "";
        if (!calls.isEnded()) {
            place.end(ending);
        }
        return writer.take();
    }

    /** Whether nothing that follows counts, as the only call that was wanted is complete. */
    public boolean isEnded() {
        return calls.isEnded();
    }

    /** The parts of a whole answer, those joined that continue each other. */
    public List<AnswerPart> whole(String text, Ending ending) {
        List<AnswerPart> parts = new ArrayList<>(accept(text));
        parts.addAll(finish(ending));
        return joined(parts);
    }

    /** Joins parts that continue each other. */
    static List<AnswerPart> joined(List<AnswerPart> parts) {
        AnswerWriter whole = new AnswerWriter();
        for (AnswerPart part : parts) {
            switch (part) {
                case AnswerPart.Content content -> whole.content(content.text());
                case AnswerPart.Reasoning thought -> whole.reasoning(thought.text());
                case AnswerPart.Call call -> whole.call(call.id(), call.name());
                case AnswerPart.Arguments piece -> whole.arguments(piece.json());
            }
        }
        return whole.take();
    }

    private void feed(String text, int end) {
        for (int i = 0; i < end && !calls.isEnded(); i++) {
            place = place.accept(text.charAt(i));
        }
    }
}
