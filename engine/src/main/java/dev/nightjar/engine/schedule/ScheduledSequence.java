package dev.nightjar.engine.schedule;

/**
 * A sequence's share of a step: tokens {@code [firstToken, firstToken + numTokens)}, whose blocks
 * are all in the sequence's table. Each sequence has one such object, which the next step that
 * schedules it overwrites.
 */
public final class ScheduledSequence {

    private final Sequence sequence;
    private int firstToken;
    private int numTokens;
    private boolean producesToken;

    ScheduledSequence(Sequence sequence) {
        this.sequence = sequence;
    }

    void set(int first, int count) {
        firstToken = first;
        numTokens = count;
        producesToken = first + count == sequence.numTokens();
    }

    /** Whose tokens. */
    public Sequence sequence() {
        return sequence;
    }

    /** Position of the first one; all before it are computed or copied. */
    public int firstToken() {
        return firstToken;
    }

    /** How many, at least 1. */
    public int numTokens() {
        return numTokens;
    }

    /**
     * Whether its last known token is among them, so that the logits of the last row give the next
     * one.
     */
    public boolean producesToken() {
        return producesToken;
    }

    /** The position after the last token. */
    public int endToken() {
        return firstToken + numTokens;
    }
}
