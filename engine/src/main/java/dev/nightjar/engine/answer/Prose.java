package dev.nightjar.engine.answer;

import dev.nightjar.engine.answer.part.Calls;
import dev.nightjar.engine.answer.part.Ending;
import dev.nightjar.engine.answer.syntax.MarkerFinder;
import java.util.Optional;

/**
 * What is said to the user, up to the next call. White space is held back until it is known whether
 * a call follows, which swallows it.
 */
final class Prose implements Place {

    /** What came before. */
    enum Since {
        /** Nothing: white space counts. */
        START,
        /** Reasoning: white space behind it is dropped. */
        REASONING,
        /** A call: white space and closing markers behind it are dropped. */
        CALL,
        /** Text. */
        TEXT
    }

    private final Calls calls;
    private final Markup markup;
    private final Since since;
    private final MarkerFinder finder;
    private final StringBuilder white = new StringBuilder();
    private final StringBuilder released = new StringBuilder();
    private boolean isSilent;

    Prose(Calls calls, Markup markup, Since since) {
        this.calls = calls;
        this.markup = markup;
        this.since = since;
        this.isSilent = since != Since.TEXT;
        this.finder =
                new MarkerFinder(markup.calls().markers(markup.silent(), since == Since.CALL));
    }

    @Override
    public Place accept(char c) {
        released.setLength(0);
        Optional<String> marker = finder.accept(c, released);
        Place place = this;
        for (int i = 0; i < released.length(); i++) {
            place = place == this ? plain(released.charAt(i)) : place.accept(released.charAt(i));
        }
        if (marker.isPresent()) {
            return marked(marker.get());
        }
        return place == this && since == Since.CALL && !isSilent ? withoutClosers() : place;
    }

    @Override
    public void end(Ending ending) {
        String rest = finder.rest();
        if (since == Since.CALL && isSilent) {
            if (markup.calls().closers().stream().anyMatch(closer -> closer.startsWith(rest))) {
                return; // the beginning of a closing marker, or nothing
            }
        }
        calls.writer().content(white);
        calls.writer().content(rest);
    }

    private Place plain(char c) {
        if (Character.isWhitespace(c)) {
            if (since == Since.START || !isSilent) {
                white.append(c);
            }
            return this;
        }
        if (isSilent && markup.calls().bare().containsKey(c)) {
            calls.hold(white);
            return new Section(calls, markup, markup.calls().bare().get(c).apply(calls)).accept(c);
        }
        isSilent = false;
        calls.writer().content(white);
        white.setLength(0);
        calls.writer().content(String.valueOf(c));
        return this;
    }

    private Place marked(String marker) {
        if (markup.calls().openers().containsKey(marker)) {
            calls.hold(white);
            calls.hold(marker);
            return new Section(calls, markup, markup.calls().openers().get(marker).apply(calls));
        }
        return this;
    }

    private Place withoutClosers() {
        Place place = new Prose(calls, markup, Since.TEXT);
        String rest = finder.rest();
        for (int i = 0; i < rest.length(); i++) {
            place = place.accept(rest.charAt(i));
        }
        return place;
    }
}
