package dev.nightjar.engine.answer;

import dev.nightjar.engine.answer.part.Calls;
import dev.nightjar.engine.answer.part.Ending;
import dev.nightjar.engine.answer.syntax.MarkerFinder;
import java.util.List;
import java.util.Optional;

/** What the model thinks, up to the closing mark; white space around it is dropped. */
final class Reasoning implements Place {

    private final Calls calls;
    private final Markup markup;
    private final ReasoningTags tags;
    private final MarkerFinder finder;
    private final StringBuilder white = new StringBuilder();
    private final StringBuilder released = new StringBuilder();
    private boolean isSilent = true;

    Reasoning(Calls calls, Markup markup, ReasoningTags tags) {
        this.calls = calls;
        this.markup = markup;
        this.tags = tags;
        this.finder = new MarkerFinder(List.of(tags.open(), tags.close()));
    }

    @Override
    public Place accept(char c) {
        released.setLength(0);
        Optional<String> marker = finder.accept(c, released);
        append(released);
        if (marker.isEmpty()) {
            return this;
        }
        if (marker.get().equals(tags.close())) {
            return new Prose(calls, markup, Prose.Since.REASONING);
        }
        if (!isSilent) {
            append(tags.open()); // at the start it repeats what the prompt opened
        }
        return this;
    }

    @Override
    public void end(Ending ending) {
        append(finder.rest());
    }

    private void append(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c)) {
                calls.writer().reasoning(white);
                white.setLength(0);
                calls.writer().reasoning(String.valueOf(c));
                isSilent = false;
            } else if (!isSilent) {
                white.append(c);
            }
        }
    }
}
