package dev.nightjar.engine.request;

/** Receives logits position by position. */
@FunctionalInterface
public interface LogitsSink {

    /**
     * Takes one row, valid during the call only.
     *
     * @param position position of the token after which these logits stand
     * @param logits {@code [V]}
     */
    void accept(int position, float[] logits);
}
