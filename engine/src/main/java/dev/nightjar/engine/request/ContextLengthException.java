package dev.nightjar.engine.request;

/** A prompt is longer than it may be. */
public final class ContextLengthException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int promptTokens;
    private final int maxTokens;

    private ContextLengthException(String message, int promptTokens, int maxTokens) {
        super(message);
        this.promptTokens = promptTokens;
        this.maxTokens = maxTokens;
    }

    /** A prompt that leaves no room for a single generated token; names both lengths. */
    public ContextLengthException(int promptTokens, int maxContext) {
        this(
                ("the prompt has %d tokens, but this model's context holds %d tokens, prompt and"
                                + " completion together; shorten the prompt")
                        .formatted(promptTokens, maxContext),
                promptTokens,
                maxContext);
    }

    /** A prompt above a configured limit; names both lengths. */
    public static ContextLengthException ofInput(int promptTokens, int maxInput) {
        return new ContextLengthException(
                "the prompt has %d tokens, but at most %d are allowed; shorten the prompt"
                        .formatted(promptTokens, maxInput),
                promptTokens,
                maxInput);
    }

    /** Ids in the prompt. */
    public int promptTokens() {
        return promptTokens;
    }

    /** Ids the context holds, or a prompt may have. */
    public int maxTokens() {
        return maxTokens;
    }
}
