package dev.nightjar.engine.answer;

import java.util.ArrayList;
import java.util.List;

/** Collects the parts of an answer and joins those that continue each other. For one thread. */
final class AnswerWriter {

    private enum Kind {
        NOTHING,
        CONTENT,
        REASONING,
        ARGUMENTS
    }

    private final StringBuilder run = new StringBuilder();
    private List<AnswerPart> parts = new ArrayList<>();
    private Kind kind = Kind.NOTHING;
    private int numCalls;

    void content(CharSequence text) {
        append(Kind.CONTENT, text);
    }

    void reasoning(CharSequence text) {
        append(Kind.REASONING, text);
    }

    void call(String id, String name) {
        close();
        parts.add(new AnswerPart.Call(numCalls, id, name));
        numCalls++;
    }

    void arguments(CharSequence json) {
        append(Kind.ARGUMENTS, json);
    }

    int numCalls() {
        return numCalls;
    }

    /** What came since the last time. */
    List<AnswerPart> take() {
        close();
        List<AnswerPart> taken = parts;
        parts = new ArrayList<>();
        return taken;
    }

    private void append(Kind next, CharSequence text) {
        if (text.isEmpty()) {
            return;
        }
        if (kind != next) {
            close();
            kind = next;
        }
        run.append(text);
    }

    private void close() {
        if (!run.isEmpty()) {
            String text = run.toString();
            run.setLength(0);
            switch (kind) {
                case CONTENT -> parts.add(new AnswerPart.Content(text));
                case REASONING -> parts.add(new AnswerPart.Reasoning(text));
                case ARGUMENTS -> parts.add(new AnswerPart.Arguments(numCalls - 1, text));
                case NOTHING -> throw new IllegalStateException("text of no kind");
            }
        }
        kind = Kind.NOTHING;
    }
}
