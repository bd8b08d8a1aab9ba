package dev.nightjar.server.gate;

/**
 * Tokens that a request has used.
 *
 * @param prompt tokens of its inputs
 * @param completion tokens that were generated
 * @param cached how many of those of the inputs were found in a cache
 */
public record TokenUse(long prompt, long completion, long cached) {

    /** None. */
    public static final TokenUse NONE = new TokenUse(0, 0, 0);

    /** Inputs and outputs together. */
    public long total() {
        return prompt + completion;
    }

    /** Both together. */
    public TokenUse plus(TokenUse other) {
        return new TokenUse(
                prompt + other.prompt, completion + other.completion, cached + other.cached);
    }
}
