package dev.nightjar.engine.grammar.part;

/** A pattern, schema or grammar cannot be compiled; says where and why. */
public final class GrammarProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String place;

    /**
     * Says what was expected and what was found.
     *
     * @param place a keyword's JSON pointer, a position in a pattern, a rule's name
     */
    public GrammarProblem(String place, String message) {
        super(message);
        this.place = place;
    }

    /** Where the problem is. */
    public String place() {
        return place;
    }
}
