package dev.nightjar.engine.grammar;

/** A schema, expression or grammar cannot be used; names the place and says what to do. */
public final class GrammarException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String place;

    /**
     * Says what was expected and what was found.
     *
     * @param place JSON pointer of a keyword, position in an expression, or line or rule of a
     *     grammar
     */
    public GrammarException(String place, String message) {
        super(message);
        this.place = place;
    }

    /** JSON pointer of a keyword, position in an expression, or line or rule of a grammar. */
    public String place() {
        return place;
    }
}
