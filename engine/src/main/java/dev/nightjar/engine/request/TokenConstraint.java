package dev.nightjar.engine.request;

/**
 * Says which tokens may come next in one sequence, such as those that keep a text valid JSON. One
 * per sequence; engine thread only.
 */
public interface TokenConstraint {

    /**
     * Sets the bit of each token that may come next and clears all others.
     *
     * @param mask bit {@code id % 64} of word {@code id / 64}; {@code ceil(V / 64)} words
     */
    void fillMask(long[] mask);

    /** Takes a token that the last mask allowed; an end token is taken, too. */
    void accept(int token);

    /** Whether nothing but the end may follow. */
    boolean isComplete();
}
