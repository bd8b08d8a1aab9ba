package dev.nightjar.engine.request;

/** A prompt leaves no room for a single generated token. */
public final class ContextLengthException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int promptTokens;
    private final int maxContext;

    /** Names both lengths. */
    public ContextLengthException(int promptTokens, int maxContext) {
        super(
                ("the prompt has %d tokens, but this model's context holds %d tokens, prompt and"
                                + " completion together; shorten the prompt")
                        .formatted(promptTokens, maxContext));
        this.promptTokens = promptTokens;
        this.maxContext = maxContext;
    }

    /** Ids in the prompt. */
    public int promptTokens() {
        return promptTokens;
    }

    /** Ids the context holds. */
    public int maxContext() {
        return maxContext;
    }
}
