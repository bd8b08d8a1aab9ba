package dev.nightjar.tokenizer.encoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The fourth stage of a tokenizer: special tokens around one text or two, and their types.
 *
 * @param single the pieces of an input of one text
 * @param pair the pieces of an input of two
 * @param trim how spaces at the ends of tokens are seen
 */
public record PostProcessor(List<Piece> single, List<Piece> pair, Trim trim) {
    private static final List<Piece> FIRST = List.of(new Piece.Text(0, 0));
    private static final List<Piece> BOTH = List.of(new Piece.Text(0, 0), new Piece.Text(1, 1));

    /** Adds nothing: the second text of a pair follows the first and has type 1. */
    public static final PostProcessor NONE = new PostProcessor(FIRST, BOTH, Trim.KEPT);

    /** A part of an input. */
    public sealed interface Piece {
        /**
         * The text with this index, 0 or 1.
         *
         * @param index which text
         * @param typeId the type of its tokens
         */
        record Text(int index, int typeId) implements Piece {}

        /**
         * Special tokens.
         *
         * @param ids their ids
         * @param typeId their type
         */
        record Special(int[] ids, int typeId) implements Piece {}
    }

    /** Whether the place of a token has the spaces at its ends. */
    public enum Trim {
        /** It has. */
        KEPT,
        /** It has not. */
        TRIMMED
    }

    /** One token before the first text and one after each, where there are such tokens. */
    public static PostProcessor around(OptionalInt before, OptionalInt after) {
        List<Piece> single = new ArrayList<>();
        before.ifPresent(id -> single.add(new Piece.Special(new int[] {id}, 0)));
        single.add(new Piece.Text(0, 0));
        after.ifPresent(id -> single.add(new Piece.Special(new int[] {id}, 0)));
        List<Piece> pair = new ArrayList<>(single);
        pair.add(new Piece.Text(1, 1));
        after.ifPresent(id -> pair.add(new Piece.Special(new int[] {id}, 1)));
        return new PostProcessor(single, pair, Trim.KEPT);
    }

    /** Copies the lists. */
    public PostProcessor {
        single = List.copyOf(single);
        pair = List.copyOf(pair);
    }

    /** As this one, with a token before everything. */
    public PostProcessor after(int id) {
        Piece first = new Piece.Special(new int[] {id}, 0);
        List<Piece> newSingle = new ArrayList<>(single);
        newSingle.addFirst(first);
        List<Piece> newPair = new ArrayList<>(pair);
        newPair.addFirst(first);
        return new PostProcessor(newSingle, newPair, trim);
    }

    /** How many special tokens are added to one text, or to two. */
    public int numAdded(boolean isPair) {
        int added = 0;
        for (Piece piece : isPair ? pair : single) {
            added += piece instanceof Piece.Special special ? special.ids.length : 0;
        }
        return added;
    }

    /** The special tokens before the first text of an input of one. */
    public int[] prefix() {
        return specials(single.subList(0, indexOfText()));
    }

    /** The special tokens after the text of an input of one. */
    public int[] suffix() {
        return specials(single.subList(Math.min(indexOfText() + 1, single.size()), single.size()));
    }

    /** One input of one text or two. */
    public Encoding process(
            TokenSpan first, Optional<TokenSpan> second, EncodingOptions.Specials specials) {
        List<Piece> pieces = second.isPresent() ? pair : single;
        Assembly assembly = new Assembly();
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Text(int index, int typeId) ->
                        assembly.add(index == 0 ? first : second.orElseThrow(), typeId, 0);
                case Piece.Special(int[] ids, int typeId) -> {
                    if (specials == EncodingOptions.Specials.ADDED) {
                        int[] nowhere = new int[ids.length];
                        assembly.add(new TokenSpan(ids, nowhere, nowhere), typeId, 1);
                    }
                }
            }
        }
        return assembly.encoding();
    }

    private int indexOfText() {
        for (int i = 0; i < single.size(); i++) {
            if (single.get(i) instanceof Piece.Text) {
                return i;
            }
        }
        return single.size();
    }

    private static int[] specials(List<Piece> pieces) {
        return pieces.stream()
                .filter(Piece.Special.class::isInstance)
                .flatMapToInt(piece -> Arrays.stream(((Piece.Special) piece).ids))
                .toArray();
    }

    /** Parts of an input, put together. */
    private static final class Assembly {
        private final List<TokenSpan> parts = new ArrayList<>();
        private final List<int[]> marks = new ArrayList<>();
        private int size;

        private void add(TokenSpan part, int typeId, int isSpecial) {
            parts.add(part);
            marks.add(new int[] {typeId, isSpecial});
            size += part.size();
        }

        private Encoding encoding() {
            int[][] arrays = new int[6][size];
            Arrays.fill(arrays[2], 1);
            int at = 0;
            for (int i = 0; i < parts.size(); i++) {
                TokenSpan part = parts.get(i);
                int end = at + part.size();
                System.arraycopy(part.ids(), 0, arrays[0], at, part.size());
                Arrays.fill(arrays[1], at, end, marks.get(i)[0]);
                Arrays.fill(arrays[3], at, end, marks.get(i)[1]);
                System.arraycopy(part.starts(), 0, arrays[4], at, part.size());
                System.arraycopy(part.ends(), 0, arrays[5], at, part.size());
                at = end;
            }
            return new Encoding(
                    arrays[0], arrays[1], arrays[2], arrays[3], arrays[4], arrays[5], List.of());
        }
    }
}
