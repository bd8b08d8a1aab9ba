package dev.nightjar.engine.answer;

import dev.nightjar.engine.answer.call.ArgumentReader;
import dev.nightjar.engine.answer.part.Calls;
import dev.nightjar.engine.answer.part.Ending;
import dev.nightjar.engine.answer.syntax.Verdict;
import java.util.Optional;

/** The text of one message of a harmony answer. */
final class HarmonyBody {

    /** What a message is. */
    enum Kind {
        /** Said to the user. */
        CONTENT,
        /** Thought. */
        REASONING,
        /** A call of a tool. */
        CALL
    }

    private final Calls calls;
    private final Kind kind;
    private ArgumentReader arguments;
    private boolean isEmpty = true;
    private boolean isComplete;

    HarmonyBody(Calls calls, Kind kind) {
        this.calls = calls;
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /**
     * Begins the message.
     *
     * @param last the kind of the message before
     * @param recipient the tool of a call
     */
    void begin(Optional<Kind> last, String recipient) {
        if (kind == Kind.CALL) {
            calls.begin(Optional.empty(), recipient);
            arguments = new ArgumentReader(calls);
        }
        if (last.isPresent() && last.get() == kind) {
            separate();
        }
    }

    /** Messages of one kind after each other are paragraphs. */
    private void separate() {
        switch (kind) {
            case CONTENT -> calls.writer().content("\n");
            case REASONING -> calls.writer().reasoning("\n");
            case CALL -> {}
        }
    }

    /** Takes text of the message. */
    void accept(CharSequence text) {
        switch (kind) {
            case CONTENT -> calls.writer().content(text);
            case REASONING -> calls.writer().reasoning(text);
            case CALL -> {
                for (int i = 0; i < text.length() && !calls.isEnded(); i++) {
                    argument(text.charAt(i));
                }
            }
        }
    }

    /** The message ends. */
    void end(Ending ending) {
        if (kind != Kind.CALL || isComplete) {
            return;
        }
        if (isEmpty && ending == Ending.COMPLETE) {
            calls.arguments("{}");
        } else {
            arguments.end(ending);
        }
        if (ending == Ending.COMPLETE) {
            calls.complete();
        }
    }

    private void argument(char c) {
        if (isComplete) {
            if (!Character.isWhitespace(c)) {
                calls.writer().content(String.valueOf(c));
            }
            return;
        }
        if (isEmpty && Character.isWhitespace(c)) {
            return;
        }
        if (isEmpty && c != '{') {
            isComplete = true;
            calls.arguments("{}");
            calls.complete();
            calls.writer().content(String.valueOf(c));
            return;
        }
        isEmpty = false;
        forward(c);
    }

    private void forward(char c) {
        Verdict verdict = arguments.accept(c);
        isComplete = verdict != Verdict.MORE;
        if (isComplete) {
            calls.complete();
        }
        if (verdict == Verdict.WRONG) {
            calls.writer().content(String.valueOf(c));
        }
    }
}
