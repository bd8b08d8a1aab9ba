package dev.nightjar.engine.answer.part;

import java.util.ArrayList;
import java.util.List;

/** Collects the parts of an answer and joins those that continue each other. For one thread. */
public final class AnswerWriter {

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

    /** Before any part. */
    public AnswerWriter() {}

    /** More of what is said. */
    public void content(CharSequence text) {
        append(Kind.CONTENT, text);
    }

    /** More of what is thought. */
    public void reasoning(CharSequence text) {
        append(Kind.REASONING, text);
    }

    /** A call begins. */
    public void call(String id, String name) {
        close();
        parts.add(new AnswerPart.Call(numCalls, id, name));
        numCalls++;
    }

    /** More arguments of the call that began last. */
    public void arguments(CharSequence json) {
        append(Kind.ARGUMENTS, json);
    }

    /** Calls that have begun. */
    public int numCalls() {
        return numCalls;
    }

    /** What came since the last time. */
    public List<AnswerPart> take() {
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
