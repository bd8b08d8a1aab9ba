package dev.nightjar.engine.schedule;

/** A sequence at its full length would not fit into the whole cache, so it can never finish. */
public final class SequenceTooLongException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int maxTokens;
    private final long capacityTokens;

    SequenceTooLongException(int maxTokens, long capacityTokens) {
        super(
                "the sequence may grow to %d tokens, but the cache holds %d; lower the limit of"
                                .formatted(maxTokens, capacityTokens)
                        + " generated tokens, shorten the prompt or enlarge the cache");
        this.maxTokens = maxTokens;
        this.capacityTokens = capacityTokens;
    }

    /** Prompt and completion at most. */
    public int maxTokens() {
        return maxTokens;
    }

    /** Tokens the cache holds. */
    public long capacityTokens() {
        return capacityTokens;
    }
}
