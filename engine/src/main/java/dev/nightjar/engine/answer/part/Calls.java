package dev.nightjar.engine.answer.part;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What all places of an answer share: where calls go, and the text that has not become anything yet
 * and will be content if the call it seemed to begin is none. For one thread.
 */
public final class Calls {

    private final AnswerWriter writer;
    private final AnswerSetup setup;
    private final Supplier<String> ids;
    private final StringBuilder unclaimed = new StringBuilder();
    private final Set<String> used = new HashSet<>();
    private boolean isEnded;

    /**
     * Of one answer.
     *
     * @param ids names calls of which the model gives no name
     */
    public Calls(AnswerWriter writer, AnswerSetup setup, Supplier<String> ids) {
        this.writer = writer;
        this.setup = setup;
        this.ids = ids;
    }

    /** The tools of the request. */
    public DeclaredTools tools() {
        return setup.tools();
    }

    /** Where text goes. */
    public AnswerWriter writer() {
        return writer;
    }

    /** Remembers text that belongs to a call, if there is one. */
    public void hold(CharSequence text) {
        unclaimed.append(text);
    }

    /** Takes back what was held. */
    public String release() {
        String text = unclaimed.toString();
        unclaimed.setLength(0);
        return text;
    }

    /** Begins a call; an id that the answer used before is replaced. */
    public void begin(Optional<String> id, String name) {
        unclaimed.setLength(0);
        writer.call(id.filter(used::add).orElseGet(ids), name);
    }

    /** More arguments of the call that was begun last. */
    public void arguments(CharSequence json) {
        unclaimed.setLength(0);
        writer.arguments(json);
    }

    /** The call that was begun last has all its arguments. */
    public void complete() {
        unclaimed.setLength(0);
        isEnded = setup.limit() == CallLimit.ONE;
    }

    /** A whole call. */
    public void whole(Optional<String> id, String name, String json) {
        begin(id, name);
        arguments(json);
        complete();
    }

    /** Whether nothing that follows counts. */
    public boolean isEnded() {
        return isEnded;
    }
}
