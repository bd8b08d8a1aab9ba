package dev.nightjar.tokenizer.pretokenizer;

import dev.nightjar.tokenizer.pattern.TextPattern;
import java.nio.charset.StandardCharsets;

/**
 * Cuts at every match of a pattern, or between the matches.
 *
 * @param pattern what delimiters look like
 * @param behavior what happens to them
 * @param isInverted whether the matches are the words and the rest are delimiters
 */
public record PatternSplit(TextPattern pattern, Behavior behavior, boolean isInverted)
        implements PieceSplitter {
    @Override
    public void split(PieceText text, int from, int to, PieceConsumer out) {
        byte[] utf8 = text.utf8();
        String piece = new String(utf8, from, to - from, StandardCharsets.UTF_8);
        Cuts cuts = new Cuts(from);
        BytePlaces places = new BytePlaces(piece, from);
        pattern.forEachMatch(
                piece, (start, end) -> cuts.addMatch(places.of(start), places.of(end)));
        if (cuts.end() < to) {
            cuts.add(to, false);
        }
        (isInverted ? cuts.inverted() : cuts).emit(behavior, text, out);
    }

    /** Leads ascending places of a string to those of its UTF-8 form. */
    private static final class BytePlaces {
        private final String text;
        private int index;
        private int place;

        private BytePlaces(String text, int from) {
            this.text = text;
            this.place = from;
        }

        private int of(int target) {
            for (; index < target; index++) {
                char c = text.charAt(index);
                // A surrogate pair has four bytes, two for each half.
                place += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            }
            return place;
        }
    }
}
