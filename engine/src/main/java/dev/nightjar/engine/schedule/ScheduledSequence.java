package dev.nightjar.engine.schedule;

/**
 * A sequence's share of a step: tokens {@code [firstToken, firstToken + numTokens)}, whose blocks
 * are all in the sequence's table.
 *
 * @param sequence whose tokens
 * @param firstToken position of the first one; all before it are computed or copied
 * @param numTokens how many, at least 1
 * @param producesToken whether its last known token is among them, so that the logits of the last
 *     row give the next one
 */
public record ScheduledSequence(
        Sequence sequence, int firstToken, int numTokens, boolean producesToken) {

    /** The position after the last token. */
    public int endToken() {
        return firstToken + numTokens;
    }
}
