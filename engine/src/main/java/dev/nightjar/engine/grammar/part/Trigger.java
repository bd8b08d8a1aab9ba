package dev.nightjar.engine.grammar.part;

/**
 * What must follow once something was written.
 *
 * @param start a {@link Part.Literal} or a {@link Part.Token}
 * @param then what follows it
 */
public record Trigger(Part start, Part then) {
    /** Checks what starts it. */
    public Trigger {
        boolean isText = start instanceof Part.Literal literal && !literal.text().isEmpty();
        if (!isText && !(start instanceof Part.Token)) {
            throw new GrammarProblem(
                    "trigger", "expected a text that is not empty or a token, found " + start);
        }
    }
}
