package dev.nightjar.tokenizer;

/**
 * A tokenizer that cannot be built, or text that its vocabulary cannot express; the message says
 * what was expected, what was found and what to do.
 */
public class TokenizerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message for the person who supplied the checkpoint or the text. */
    public TokenizerException(String message) {
        super(message);
    }

    /** As above, for a cause inside. */
    public TokenizerException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Throws if the vocabulary could not express a text.
     *
     * @param ids what the text was encoded to, with -1 where there was no token
     */
    public static void requireTokens(int[] ids, String text) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0) {
                String start = text.length() > 40 ? text.substring(0, 40) + "…" : text;
                throw new TokenizerException(
                        ("the vocabulary has neither byte tokens nor an unknown token for part %d of"
                                        + " the text \"%s\"; encode other text or use a complete"
                                        + " checkpoint")
                                .formatted(i, start));
            }
        }
    }
}
