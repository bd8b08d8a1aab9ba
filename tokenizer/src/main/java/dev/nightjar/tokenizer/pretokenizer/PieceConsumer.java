package dev.nightjar.tokenizer.pretokenizer;

/** Takes pieces one after the other. */
@FunctionalInterface
public interface PieceConsumer {
    /** Takes the piece {@code [from, to)} of a text, never empty. */
    void accept(PieceText text, int from, int to);
}
