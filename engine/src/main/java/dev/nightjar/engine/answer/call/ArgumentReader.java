package dev.nightjar.engine.answer.call;

import dev.nightjar.engine.answer.part.Calls;
import dev.nightjar.engine.answer.part.Ending;
import dev.nightjar.engine.answer.syntax.JsonScanner;
import dev.nightjar.engine.answer.syntax.Verdict;

/** Forwards the arguments of a call that was begun, from their opening brace on. */
public final class ArgumentReader {

    private final Calls calls;
    private final JsonScanner scanner = new JsonScanner();
    private final StringBuilder piece = new StringBuilder();

    /** Of the call that began last. */
    public ArgumentReader(Calls calls) {
        this.calls = calls;
    }

    /**
     * Takes the next character; after {@link Verdict#WRONG} the arguments were closed before it.
     */
    public Verdict accept(char c) {
        piece.setLength(0);
        Verdict verdict = scanner.accept(c, piece);
        switch (verdict) {
            case MORE, DONE -> calls.arguments(piece);
            case WRONG, BEFORE -> close();
        }
        return verdict;
    }

    /** The answer ends within the arguments. */
    public void end(Ending ending) {
        if (ending == Ending.COMPLETE) {
            close();
        }
    }

    /** Completes them, so that they are JSON whatever the model wrote. */
    private void close() {
        String held = calls.release();
        calls.arguments(scanner.closing());
        calls.hold(held);
    }
}
