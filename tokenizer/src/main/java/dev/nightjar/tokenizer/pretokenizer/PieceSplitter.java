package dev.nightjar.tokenizer.pretokenizer;

/**
 * One rule of the second stage: cuts a piece into smaller ones, leaves some out, or changes them.
 * Immutable, safe for use by many threads.
 */
public interface PieceSplitter {
    /** Leaves every piece whole. */
    PieceSplitter NONE = (text, from, to, out) -> out.accept(text, from, to);

    /** Hands the parts of the piece {@code [from, to)}, not empty, on in order. */
    void split(PieceText text, int from, int to, PieceConsumer out);
}
