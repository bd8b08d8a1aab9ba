package dev.nightjar.engine.answer.call;

import dev.nightjar.engine.answer.part.Calls;
import dev.nightjar.engine.answer.part.Ending;
import dev.nightjar.engine.answer.syntax.JsonScanner;
import dev.nightjar.engine.answer.syntax.JsonStrings;
import dev.nightjar.engine.answer.syntax.Verdict;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a call that is a JSON object: its name, its arguments under {@code arguments} or {@code
 * parameters} as an object or as JSON text, perhaps an id, in any order, perhaps all of it within
 * {@code function}. Begins before the brace.
 */
final class JsonCallReader implements CallReader {

    private static final Set<String> NAMES = Set.of("name", "tool_name", "function");
    private static final Set<String> ARGUMENTS = Set.of("arguments", "parameters");
    private static final Set<String> IDS = Set.of("id", "tool_call_id", "call_id");

    /** How much an object must look like a call to be one. */
    enum Proof {
        /** A name is enough, as a marker announced the call. */
        NAME,
        /** A tool of the request by name, and arguments; nothing else that a call has not. */
        TOOL_AND_ARGUMENTS
    }

    private enum State {
        START,
        KEY,
        KEY_TEXT,
        COLON,
        VALUE,
        VALUE_TEXT,
        STREAM,
        AFTER
    }

    private final Calls calls;
    private final Proof proof;
    private final StringBuilder text = new StringBuilder();
    private State state = State.START;
    private JsonScanner scanner;
    private ArgumentReader stream;
    private int depth;
    private String key = "";
    private Optional<String> id = Optional.empty();
    private Optional<String> name = Optional.empty();
    private Optional<String> arguments = Optional.empty();
    private boolean isBegun;

    JsonCallReader(Calls calls, Proof proof) {
        this.calls = calls;
        this.proof = proof;
    }

    @Override
    public Verdict accept(char c) {
        return switch (state) {
            case KEY_TEXT -> keyText(c);
            case VALUE_TEXT -> valueText(c);
            case STREAM -> stream(c);
            default -> Character.isWhitespace(c) ? Verdict.MORE : mark(c);
        };
    }

    @Override
    public void end(Ending ending) {
        if (state == State.STREAM) {
            stream.end(ending);
        } else if (isBegun) {
            calls.complete();
        }
    }

    private Verdict mark(char c) {
        return switch (state) {
            case START -> expect(c == '{', State.KEY);
            case KEY -> c == '}' ? close() : beginKey(c);
            case COLON -> expect(c == ':', State.VALUE);
            case VALUE -> beginValue(c);
            case AFTER -> c == '}' ? close() : expect(c == ',', State.KEY);
            default -> throw new IllegalStateException(state.name());
        };
    }

    private Verdict expect(boolean isRight, State next) {
        state = next;
        return isRight ? Verdict.MORE : Verdict.WRONG;
    }

    private Verdict beginKey(char c) {
        beginScan();
        state = State.KEY_TEXT;
        return c == '"' ? keyText(c) : Verdict.WRONG;
    }

    private void beginScan() {
        scanner = new JsonScanner();
        text.setLength(0);
    }

    private Verdict keyText(char c) {
        Verdict verdict = scanner.accept(c, text);
        if (verdict != Verdict.DONE) {
            return verdict;
        }
        key = JsonStrings.text(text.toString()).orElseThrow();
        state = State.COLON;
        boolean isKnown =
                NAMES.contains(key)
                        || ARGUMENTS.contains(key)
                        || IDS.contains(key)
                        || key.equals("type");
        return isKnown || proof == Proof.NAME ? Verdict.MORE : Verdict.WRONG;
    }

    private Verdict beginValue(char c) {
        if (c == '{' && key.equals("function") && depth == 0) {
            depth++;
            state = State.KEY;
            return Verdict.MORE;
        }
        if (c == '{' && ARGUMENTS.contains(key) && name.isPresent() && arguments.isEmpty()) {
            if (isBegun || !isAcceptable(name.get())) {
                return Verdict.WRONG;
            }
            isBegun = true;
            calls.begin(id, name.get());
            stream = new ArgumentReader(calls);
            state = State.STREAM;
            return stream(c);
        }
        beginScan();
        state = State.VALUE_TEXT;
        return valueText(c);
    }

    private Verdict stream(char c) {
        Verdict verdict = stream.accept(c);
        if (verdict == Verdict.DONE) {
            state = State.AFTER;
            return Verdict.MORE;
        }
        if (verdict == Verdict.WRONG) {
            String held = calls.release();
            calls.complete();
            calls.hold(held);
        }
        return verdict;
    }

    private Verdict valueText(char c) {
        return switch (scanner.accept(c, text)) {
            case MORE -> Verdict.MORE;
            case WRONG -> Verdict.WRONG;
            case DONE -> take(text.toString());
            case BEFORE -> again(take(text.toString()), c);
        };
    }

    private Verdict again(Verdict taken, char c) {
        return taken == Verdict.MORE ? accept(c) : taken;
    }

    private Verdict take(String value) {
        state = State.AFTER;
        if (isBegun) {
            return Verdict.MORE;
        }
        if (NAMES.contains(key)) {
            name = JsonStrings.text(value).filter(known -> !known.isBlank());
            return name.isPresent() ? Verdict.MORE : Verdict.WRONG;
        }
        if (ARGUMENTS.contains(key)) {
            arguments = object(value);
            return arguments.isPresent() ? Verdict.MORE : Verdict.WRONG;
        }
        if (IDS.contains(key)) {
            id = JsonStrings.text(value).filter(known -> !known.isBlank());
        }
        return Verdict.MORE;
    }

    /** An object, or the object in a JSON text; nothing stands for no arguments. */
    private static Optional<String> object(String value) {
        String content = JsonStrings.text(value).orElse(value);
        if (content.isBlank() || content.equals("null")) {
            return Optional.of("{}");
        }
        return JsonScanner.value(content).filter(json -> json.startsWith("{"));
    }

    private Verdict close() {
        if (depth > 0) {
            depth--;
            state = State.AFTER;
            return Verdict.MORE;
        }
        if (isBegun) {
            calls.complete();
            return Verdict.DONE;
        }
        if (name.isEmpty()
                || !isAcceptable(name.get())
                || (proof == Proof.TOOL_AND_ARGUMENTS && arguments.isEmpty())) {
            return Verdict.WRONG;
        }
        calls.whole(id, name.get(), arguments.orElse("{}"));
        return Verdict.DONE;
    }

    private boolean isAcceptable(String tool) {
        return proof == Proof.NAME || calls.tools().find(tool).isPresent();
    }
}
