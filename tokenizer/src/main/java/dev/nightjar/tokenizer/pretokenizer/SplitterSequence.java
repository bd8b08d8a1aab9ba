package dev.nightjar.tokenizer.pretokenizer;

import java.util.List;

/**
 * Several splitters, each of which cuts the pieces of the one before.
 *
 * @param splitters in the order in which they work
 */
public record SplitterSequence(List<PieceSplitter> splitters) implements PieceSplitter {
    /** Copies the list. */
    public SplitterSequence {
        splitters = List.copyOf(splitters);
    }

    @Override
    public void split(PieceText text, int from, int to, PieceConsumer out) {
        split(0, text, from, to, out);
    }

    private void split(int stage, PieceText text, int from, int to, PieceConsumer out) {
        if (stage == splitters.size()) {
            out.accept(text, from, to);
            return;
        }
        splitters
                .get(stage)
                .split(
                        text,
                        from,
                        to,
                        (part, start, end) -> split(stage + 1, part, start, end, out));
    }
}
