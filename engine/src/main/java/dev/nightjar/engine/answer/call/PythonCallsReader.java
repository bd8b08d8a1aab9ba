package dev.nightjar.engine.answer.call;

import dev.nightjar.engine.answer.call.JsonCallReader.Proof;
import dev.nightjar.engine.answer.part.Calls;
import dev.nightjar.engine.answer.part.Ending;
import dev.nightjar.engine.answer.syntax.PythonArguments;
import dev.nightjar.engine.answer.syntax.Verdict;
import java.util.Optional;

/**
 * Reads calls written as Python does: {@code [name(key="value"), other(count=2)]}, or one call
 * without brackets. A call is known when its parenthesis closes.
 */
final class PythonCallsReader implements CallReader {

    /** Longer names are text. */
    private static final int MAX_NAME = 256;

    private enum State {
        START,
        NAME,
        ARGUMENTS,
        AFTER
    }

    private final Calls calls;
    private final Proof proof;
    private final StringBuilder text = new StringBuilder();
    private State state = State.START;
    private String name = "";
    private boolean isList;
    private boolean hasCall;
    private int depth;
    private char quote;
    private boolean isEscaped;

    PythonCallsReader(Calls calls, Proof proof) {
        this.calls = calls;
        this.proof = proof;
    }

    @Override
    public Verdict accept(char c) {
        return switch (state) {
            case START -> start(c);
            case NAME -> name(c);
            case ARGUMENTS -> argument(c);
            case AFTER -> after(c);
        };
    }

    @Override
    public void end(Ending ending) {
        if (hasCall && state != State.ARGUMENTS && text.isEmpty()) {
            calls.release(); // only punctuation
        }
    }

    private Verdict start(char c) {
        if (Character.isWhitespace(c)) {
            return Verdict.MORE;
        }
        state = State.NAME;
        if (c == '[') {
            isList = true;
            return Verdict.MORE;
        }
        return name(c);
    }

    private Verdict name(char c) {
        if (c == '(') {
            name = text.toString().strip();
            name = name.endsWith(".call") ? name.substring(0, name.length() - 5) : name;
            text.setLength(0);
            state = State.ARGUMENTS;
            boolean isKnown = proof == Proof.NAME || calls.tools().find(name).isPresent();
            return isKnown && !name.isEmpty() ? Verdict.MORE : Verdict.WRONG;
        }
        if (Character.isWhitespace(c) && text.isEmpty()) {
            return Verdict.MORE;
        }
        text.append(c);
        boolean isPossible = Character.isLetterOrDigit(c) || "_.-".indexOf(c) >= 0;
        return isPossible && text.length() <= MAX_NAME ? Verdict.MORE : Verdict.WRONG;
    }

    private Verdict argument(char c) {
        if (quote != 0) {
            boolean isEnd = c == quote && !isEscaped;
            isEscaped = c == '\\' && !isEscaped;
            quote = isEnd ? 0 : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == ')' && depth == 0) {
            return call();
        } else if ("([{".indexOf(c) >= 0) {
            depth++;
        } else if (")]}".indexOf(c) >= 0) {
            depth--;
        }
        text.append(c);
        return Verdict.MORE;
    }

    private Verdict call() {
        Optional<String> json = PythonArguments.json(text.toString());
        if (json.isEmpty()) {
            return Verdict.WRONG;
        }
        calls.whole(Optional.empty(), name, json.get());
        hasCall = true;
        text.setLength(0);
        state = State.AFTER;
        return isList ? Verdict.MORE : Verdict.DONE;
    }

    private Verdict after(char c) {
        if (Character.isWhitespace(c)) {
            return Verdict.MORE;
        }
        if (c == ',') {
            state = State.NAME;
            return Verdict.MORE;
        }
        return c == ']' ? Verdict.DONE : Verdict.WRONG;
    }
}
