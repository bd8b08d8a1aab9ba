package dev.nightjar.engine.answer.call;

import dev.nightjar.engine.answer.part.Ending;
import dev.nightjar.engine.answer.syntax.Verdict;
import java.util.function.Supplier;

/** Reads JSON where a brace or bracket comes first, and something else otherwise. */
final class ChoiceReader implements CallReader {

    private final Supplier<CallReader> json;
    private final String marker;
    private final Supplier<CallReader> other;
    private final StringBuilder text = new StringBuilder();
    private CallReader chosen;

    /**
     * A choice.
     *
     * @param marker stands before what is not JSON, and is skipped; may be empty
     */
    ChoiceReader(Supplier<CallReader> json, String marker, Supplier<CallReader> other) {
        this.json = json;
        this.marker = marker;
        this.other = other;
    }

    @Override
    public Verdict accept(char c) {
        if (chosen != null) {
            return chosen.accept(c);
        }
        if (text.isEmpty() && Character.isWhitespace(c)) {
            return Verdict.MORE;
        }
        if (text.isEmpty() && (c == '{' || c == '[')) {
            chosen = json.get();
            return chosen.accept(c);
        }
        if (marker.isEmpty()) {
            chosen = other.get();
            return chosen.accept(c);
        }
        text.append(c);
        if (text.length() == marker.length() && marker.contentEquals(text)) {
            chosen = other.get();
            return Verdict.MORE;
        }
        return marker.startsWith(text.toString()) ? Verdict.MORE : Verdict.WRONG;
    }

    @Override
    public void end(Ending ending) {
        if (chosen != null) {
            chosen.end(ending);
        }
    }
}
