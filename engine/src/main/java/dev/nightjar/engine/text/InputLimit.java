package dev.nightjar.engine.text;

import dev.nightjar.engine.request.InvalidRequestException;

/**
 * Most tokens of a prompt, below what the model could take.
 *
 * @param maxTokens at least 1
 * @param overflow what happens to a longer prompt
 */
public record InputLimit(int maxTokens, Overflow overflow) {

    /** What happens to a prompt that is too long. */
    public enum Overflow {
        /** It is refused. */
        REFUSE,
        /** Its last tokens are kept, and its BOS, which counts. */
        KEEP_LAST
    }

    /** Checks the number. */
    public InputLimit {
        if (maxTokens < 1) {
            throw new InvalidRequestException(
                    "max_input_tokens",
                    "max_input_tokens must be at least 1, found %d".formatted(maxTokens));
        }
    }

    /** Refuses longer prompts. */
    public static InputLimit refusing(int maxTokens) {
        return new InputLimit(maxTokens, Overflow.REFUSE);
    }

    /** Keeps the last tokens of longer prompts. */
    public static InputLimit keepingLast(int maxTokens) {
        return new InputLimit(maxTokens, Overflow.KEEP_LAST);
    }
}
