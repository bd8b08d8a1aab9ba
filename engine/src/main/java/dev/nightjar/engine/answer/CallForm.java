package dev.nightjar.engine.answer;

/**
 * How a model is told to write calls, and held to where it must: {@code opening} call {@code
 * between} call {@code closing}, each call {@code beforeName} name {@code afterName} JSON object
 * {@code afterArguments}.
 *
 * @param opening before the first call
 * @param beforeName before the name of a tool
 * @param afterName between name and arguments
 * @param afterArguments behind the arguments
 * @param between between two calls
 * @param closing behind the last call
 */
public record CallForm(
        String opening,
        String beforeName,
        String afterName,
        String afterArguments,
        String between,
        String closing) {

    /** A form whose calls stand alone. */
    static CallForm of(String beforeName, String afterName, String afterArguments, String between) {
        return new CallForm("", beforeName, afterName, afterArguments, between, "");
    }

    /** What stands before the name of the first tool. */
    public String head() {
        return opening + beforeName;
    }
}
