package dev.nightjar.engine.answer;

/** Forwards the arguments of a call that was begun, from their opening brace on. */
final class ArgumentReader {

    private final Calls calls;
    private final JsonScanner scanner = new JsonScanner();
    private final StringBuilder piece = new StringBuilder();

    ArgumentReader(Calls calls) {
        this.calls = calls;
    }

    /**
     * Takes the next character; after {@link Verdict#WRONG} the arguments were closed before it.
     */
    Verdict accept(char c) {
        piece.setLength(0);
        Verdict verdict = scanner.accept(c, piece);
        switch (verdict) {
            case MORE, DONE -> calls.arguments(piece);
            case WRONG, BEFORE -> close();
        }
        return verdict;
    }

    /** The answer ends within the arguments. */
    void end(Ending ending) {
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
