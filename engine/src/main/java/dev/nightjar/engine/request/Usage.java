package dev.nightjar.engine.request;

/**
 * Token counts and times of one sequence.
 *
 * @param promptTokens ids in the prompt
 * @param cachedTokens of those, how many came from the prefix cache
 * @param completionTokens generated ids, a final stop token included
 * @param queueNanos from submission to the first step that computed a token of it
 * @param prefillNanos from there to the first generated token
 * @param decodeNanos from the first to the last generated token
 */
public record Usage(
        int promptTokens,
        int cachedTokens,
        int completionTokens,
        long queueNanos,
        long prefillNanos,
        long decodeNanos) {

    /** Submission to first token. */
    public long timeToFirstTokenNanos() {
        return queueNanos + prefillNanos;
    }
}
