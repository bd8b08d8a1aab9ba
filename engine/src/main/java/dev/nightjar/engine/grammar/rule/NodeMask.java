package dev.nightjar.engine.grammar.rule;

/**
 * Which tokens may follow in a node, as far as the rule itself says it.
 *
 * @param accepted tokens that may follow wherever the rule was called
 * @param exits where the rule may be complete while a token goes on: what comes after depends on
 *     the caller
 * @param minCount exits after fewer parts of a repetition are none
 * @param maxCount exits after more parts are none
 */
public record NodeMask(TokenSet accepted, Exits exits, int minCount, int maxCount) {

    /** The memory it takes. */
    public int sizeBytes() {
        return accepted.sizeBytes() + exits.sizeBytes();
    }
}
