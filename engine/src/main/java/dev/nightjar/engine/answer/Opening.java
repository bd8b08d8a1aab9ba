package dev.nightjar.engine.answer;

import dev.nightjar.engine.answer.part.Calls;
import dev.nightjar.engine.answer.part.Ending;

/** The start of an answer that may begin with reasoning. */
final class Opening implements Place {

    private final Calls calls;
    private final Markup markup;
    private final ReasoningTags tags;
    private final StringBuilder held = new StringBuilder();
    private int white;

    Opening(Calls calls, Markup markup, ReasoningTags tags) {
        this.calls = calls;
        this.markup = markup;
        this.tags = tags;
    }

    @Override
    public Place accept(char c) {
        held.append(c);
        if (white == held.length() - 1 && Character.isWhitespace(c)) {
            white++;
            return this;
        }
        String mark = held.substring(white);
        if (mark.equals(tags.open())) {
            return new Reasoning(calls, markup, tags);
        }
        return tags.open().startsWith(mark) ? this : prose();
    }

    @Override
    public void end(Ending ending) {
        prose().end(ending);
    }

    private Place prose() {
        Place place = new Prose(calls, markup, Prose.Since.START);
        for (int i = 0; i < held.length(); i++) {
            place = place.accept(held.charAt(i));
        }
        return place;
    }
}
