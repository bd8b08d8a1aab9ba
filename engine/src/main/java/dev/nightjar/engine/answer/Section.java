package dev.nightjar.engine.answer;

import dev.nightjar.engine.answer.call.CallReader;
import dev.nightjar.engine.answer.part.Calls;
import dev.nightjar.engine.answer.part.Ending;

/** A call, or what looks like one. What turns out to be none is content, marker and all. */
final class Section implements Place {

    private final Calls calls;
    private final Markup markup;
    private final CallReader reader;
    private final int callsBefore;

    Section(Calls calls, Markup markup, CallReader reader) {
        this.calls = calls;
        this.markup = markup;
        this.reader = reader;
        this.callsBefore = calls.writer().numCalls();
    }

    @Override
    public Place accept(char c) {
        calls.hold(String.valueOf(c));
        return switch (reader.accept(c)) {
            case MORE -> this;
            case DONE -> {
                calls.release();
                yield new Prose(calls, markup, Prose.Since.CALL);
            }
            case WRONG, BEFORE -> text(c);
        };
    }

    @Override
    public void end(Ending ending) {
        reader.end(ending);
        calls.writer().content(calls.release());
    }

    /** The character that does not fit may begin something else. */
    private Place text(char c) {
        String held = calls.release();
        String before = held.isEmpty() ? "" : held.substring(0, held.length() - 1);
        boolean isAfterCall = calls.writer().numCalls() > callsBefore && before.isBlank();
        if (isAfterCall) {
            return new Prose(calls, markup, Prose.Since.CALL).accept(c);
        }
        calls.writer().content(before);
        return new Prose(calls, markup, Prose.Since.TEXT).accept(c);
    }
}
