package dev.nightjar.engine.request;

/** Says which tokens may come next in one sequence. Engine thread only, one per sequence. */
public interface TokenConstraint {
    /**
     * Sets bit {@code id} for each token that may come next and clears all others.
     *
     * @param mask {@code [ceil(V / 64)]} words
     */
    void fillMask(long[] mask);

    /** Takes a token that the last mask allowed; an end token is taken, too. */
    void accept(int token);

    /** Whether nothing but the end may follow. */
    boolean isComplete();
}
