package dev.nightjar.engine.answer.call;

import dev.nightjar.engine.answer.call.JsonCallReader.Proof;
import dev.nightjar.engine.answer.part.Calls;
import dev.nightjar.engine.answer.part.Ending;
import dev.nightjar.engine.answer.syntax.Verdict;

/** Reads one call as a JSON object, or an array of such calls. */
final class JsonCallsReader implements CallReader {

    private enum State {
        START,
        ELEMENT,
        CALL,
        AFTER
    }

    private final Calls calls;
    private final Proof proof;
    private State state = State.START;
    private boolean isArray;
    private boolean hasCall;
    private JsonCallReader call;

    JsonCallsReader(Calls calls, Proof proof) {
        this.calls = calls;
        this.proof = proof;
    }

    @Override
    public Verdict accept(char c) {
        if (state == State.CALL) {
            return inCall(c);
        }
        if (Character.isWhitespace(c)) {
            return Verdict.MORE;
        }
        return switch (c) {
            case '[' -> beginArray();
            case '{' -> state == State.AFTER ? Verdict.WRONG : beginCall(c);
            case ',' -> comma();
            case ']' -> state == State.AFTER ? Verdict.DONE : Verdict.WRONG;
            default -> Verdict.WRONG;
        };
    }

    @Override
    public void end(Ending ending) {
        if (state == State.CALL) {
            call.end(ending);
        } else if (hasCall) {
            calls.release(); // only punctuation
        }
    }

    private Verdict beginArray() {
        boolean isRight = state == State.START;
        isArray = true;
        state = State.ELEMENT;
        return isRight ? Verdict.MORE : Verdict.WRONG;
    }

    private Verdict beginCall(char c) {
        call = new JsonCallReader(calls, proof);
        state = State.CALL;
        return inCall(c);
    }

    private Verdict comma() {
        boolean isRight = state == State.AFTER;
        state = State.ELEMENT;
        return isRight ? Verdict.MORE : Verdict.WRONG;
    }

    private Verdict inCall(char c) {
        Verdict verdict = call.accept(c);
        if (verdict == Verdict.DONE && isArray) {
            hasCall = true;
            state = State.AFTER;
            return Verdict.MORE;
        }
        return verdict;
    }
}
