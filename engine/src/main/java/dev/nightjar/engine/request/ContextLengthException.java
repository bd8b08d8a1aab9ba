package dev.nightjar.engine.request;

/** A prompt, or the input of an encoder, is longer than it may be. */
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
    public static ContextLengthException ofPrompt(int promptTokens, int maxPrompt) {
        return tooLong("prompt", promptTokens, maxPrompt);
    }

    /** An encoder's input above what the encoder takes; names both lengths. */
    public static ContextLengthException ofInput(int inputTokens, int maxInput) {
        return tooLong("input", inputTokens, maxInput);
    }

    private static ContextLengthException tooLong(String what, int tokens, int most) {
        return new ContextLengthException(
                "the %s has %d tokens, but at most %d are allowed; shorten the %s"
                        .formatted(what, tokens, most, what),
                tokens,
                most);
    }

    /** Ids in the prompt or input. */
    public int promptTokens() {
        return promptTokens;
    }

    /** Ids the context holds, or a prompt or input may have. */
    public int maxTokens() {
        return maxTokens;
    }
}
