package dev.nightjar.tokenizer.encoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts one text or two so that they fit, and puts the parts that were cut off beside. */
final class Truncator {
    private final Truncation truncation;

    /** How many tokens of text fit. */
    private final int room;

    Truncator(Truncation truncation, int numAdded) {
        this.truncation = truncation;
        this.room = truncation.maxLength() - numAdded;
        if (room < 0) {
            throw new EncodingException(
                    "truncation: expected a length of at least the %d special tokens, found %d"
                            .formatted(numAdded, truncation.maxLength()));
        }
    }

    /** The parts of each text, those that are kept first; {@code [1]} or {@code [2]} lists. */
    List<List<TokenSpan>> cut(TokenSpan first, Optional<TokenSpan> second) {
        int size = first.size();
        int otherSize = second.map(TokenSpan::size).orElse(0);
        int excess = Math.max(0, size + otherSize - room);
        int[] kept = {size, otherSize};
        if (excess > 0) {
            switch (truncation.strategy()) {
                case LONGEST_FIRST -> kept = longestFirst(size, otherSize, second.isPresent());
                case ONLY_FIRST -> kept[0] = shortened("first", size, excess);
                case ONLY_SECOND -> kept[1] = shortened("second", otherSize, excess);
            }
        }
        List<List<TokenSpan>> parts = new ArrayList<>();
        parts.add(parts(first, kept[0]));
        if (second.isPresent()) {
            parts.add(parts(second.get(), kept[1]));
        }
        return parts;
    }

    private static int shortened(String which, int size, int excess) {
        if (size <= excess) {
            throw new EncodingException(
                    ("truncation: the %s text has %d tokens and cannot give up %d; cut the longer"
                                    + " text or allow more tokens")
                            .formatted(which, size, excess));
        }
        return size - excess;
    }

    private int[] longestFirst(int size, int otherSize, boolean isPair) {
        if (!isPair) {
            return new int[] {room, 0};
        }
        int shorter = Math.min(size, otherSize);
        int longer = shorter > room ? shorter : Math.max(shorter, room - shorter);
        if (shorter + longer > room) {
            shorter = room / 2;
            longer = shorter + room % 2;
        }
        return size > otherSize ? new int[] {longer, shorter} : new int[] {shorter, longer};
    }

    /** The parts of at most {@code length} tokens that a text makes. */
    private List<TokenSpan> parts(TokenSpan span, int length) {
        if (length >= span.size()) {
            return List.of(span);
        }
        if (length == 0) {
            return List.of(span.slice(0, 0), span);
        }
        int step = length - truncation.stride();
        if (step < 1) {
            throw new EncodingException(
                    ("truncation: expected a stride below the %d tokens of a part, found %d")
                            .formatted(length, truncation.stride()));
        }
        List<TokenSpan> parts = new ArrayList<>();
        int covered = 0;
        for (int at = 0; covered < span.size(); at += step) {
            covered = Math.min(at + length, span.size());
            parts.add(
                    truncation.side() == Side.RIGHT
                            ? span.slice(at, covered)
                            : span.slice(span.size() - covered, span.size() - at));
        }
        return parts;
    }
}
