package dev.nightjar.tokenizer.algorithm;

import java.util.Arrays;

/**
 * Unigram as SentencePiece does it: of all ways to cut a text into pieces the one with the highest
 * sum of scores, found from left to right (Viterbi).
 *
 * <p>A code point that is no piece counts as unknown, at the score of the worst piece less {@link
 * #UNKNOWN_PENALTY}. Unknown stretches become their bytes where the vocabulary has them, or one
 * unknown token each.
 *
 * <p>A position that no piece spans belongs to every path; what lies before it is written out
 * there, so scratch memory follows the longest stretch without such a position rather than the
 * text. The sum is carried over, so that rounding, and with it every tie, is that of the whole
 * text.
 */
public final class UnigramEncoder implements SubwordEncoder {
    /** What an unknown code point costs more than the worst piece. */
    public static final float UNKNOWN_PENALTY = 10;

    /** Stands for an unknown code point inside the lattice. */
    private static final int UNKNOWN = -1;

    private final PieceTrie pieces;
    private final double[] scores;
    private final double unknownScore;
    private final Summation summation;
    private final int[] byteIds;
    private final int unknownId;

    /** How exactly sums of scores are kept; it decides between paths that are nearly equal. */
    public enum Summation {
        /** Rounded to single precision at each piece, as C++ SentencePiece does. */
        SINGLE,
        /** Double precision, as tokenizer.json is meant. */
        DOUBLE
    }

    /**
     * An encoder over a vocabulary of {@code V} tokens; the arrays are kept, not copied.
     *
     * @param pieces the tokens that text can become
     * @param scores log probabilities by id {@code [V]}
     * @param unknownScore log probability of a code point that is no piece
     * @param summation how sums are rounded
     * @param byteIds id of each byte {@code [256]}; all {@link #NO_TOKEN} without byte fallback
     * @param unknownId id of the unknown token, or {@link #NO_TOKEN}
     */
    public UnigramEncoder(
            PieceTrie pieces,
            double[] scores,
            double unknownScore,
            Summation summation,
            int[] byteIds,
            int unknownId) {
        this.pieces = pieces;
        this.scores = scores;
        this.unknownScore = unknownScore;
        this.summation = summation;
        this.byteIds = byteIds;
        this.unknownId = unknownId;
    }

    @Override
    public void encode(byte[] utf8, int from, int to, IdBuffer out) {
        new Pass(utf8, from, to, out).run();
    }

    /**
     * One text on its way through the encoder.
     *
     * <pre>
     * position    windowStart ... start ... reach      reach: the furthest end of a piece so far
     * best[i]     highest sum of a path that ends at windowStart + i
     * begins[i]   where the last piece of that path begins, or NO_PATH
     * ids[i]      that piece
     * </pre>
     */
    private final class Pass {
        /** Windows shorter than this are not worth ending. */
        private static final int MIN_WINDOW = 64;

        private static final int NO_PATH = -1;

        private final byte[] utf8;
        private final int from;
        private final int to;
        private final IdBuffer out;
        private int windowStart;
        private int reach;
        private double[] best = {};
        private int[] begins = {};
        private int[] ids = {};
        private int[] pathEnds = {};
        private boolean endsInUnknown;

        private Pass(byte[] utf8, int from, int to, IdBuffer out) {
            this.utf8 = utf8;
            this.from = from;
            this.to = to;
            this.out = out;
        }

        private void run() {
            windowStart = from;
            reach = from;
            reserve(from);
            for (int start = from; start < to; ) {
                if (start == reach && start - windowStart >= MIN_WINDOW) {
                    endWindow(start);
                }
                reserve(start);
                start = extend(start);
            }
            if (to > windowStart) {
                endWindow(to);
            }
        }

        /** Extends the best path to {@code start} by every piece there; the next code point. */
        private int extend(int start) {
            int next = Math.min(start + CodePoints.length(utf8[start]), to);
            double sum = best[start - windowStart];
            boolean isKnown = false;
            int node = PieceTrie.ROOT;
            for (int end = start; end < to; ) {
                node = pieces.child(node, utf8[end++]);
                if (node == PieceTrie.NO_NODE) {
                    break;
                }
                int id = pieces.id(node);
                if (id != PieceTrie.NO_PIECE) {
                    offer(start, end, id, sum + scores[id]);
                    isKnown |= end == next;
                }
            }
            if (!isKnown) {
                // C++ adds two floats here, but a float and a double where it adds a piece.
                offer(start, next, UNKNOWN, rounded(sum + unknownScore));
            }
            return next;
        }

        private void offer(int start, int end, int id, double sum) {
            int i = end - windowStart;
            if (begins[i] == NO_PATH || sum > best[i]) {
                best[i] = rounded(sum);
                begins[i] = start;
                ids[i] = id;
                reach = Math.max(reach, end);
            }
        }

        private double rounded(double sum) {
            return summation == Summation.SINGLE ? (float) sum : sum;
        }

        /** Writes the best path from the start of the window to its end, where the next begins. */
        private void endWindow(int end) {
            int numPieces = 0;
            for (int i = end; i > windowStart; i = begins[i - windowStart]) {
                pathEnds[numPieces++] = i;
            }
            int start = windowStart;
            while (numPieces > 0) {
                int pieceEnd = pathEnds[--numPieces];
                write(start, pieceEnd, ids[pieceEnd - windowStart]);
                start = pieceEnd;
            }
            best[0] = best[end - windowStart];
            Arrays.fill(begins, 0, end - windowStart + 1, NO_PATH);
            windowStart = end;
        }

        private void write(int start, int end, int id) {
            boolean isUnknown = id == UNKNOWN || id == unknownId;
            if (!isUnknown) {
                out.add(id, end);
            } else if (hasAllBytes(start, end)) {
                for (int i = start; i < end; i++) {
                    out.add(byteIds[utf8[i] & 0xFF], i + 1);
                }
                isUnknown = false;
            } else if (endsInUnknown) {
                out.extendLast(end);
            } else {
                out.add(unknownId, end);
            }
            endsInUnknown = isUnknown;
        }

        private boolean hasAllBytes(int start, int end) {
            for (int i = start; i < end; i++) {
                if (byteIds[utf8[i] & 0xFF] == NO_TOKEN) {
                    return false;
                }
            }
            return true;
        }

        /** Makes room for every piece that begins at {@code start}. */
        private void reserve(int start) {
            long longest = Math.max(pieces.maxPieceBytes(), CodePoints.MAX_LENGTH);
            int needed = (int) Math.min(start + longest, to) - windowStart + 1;
            if (needed > best.length) {
                int old = best.length;
                int capacity = Math.max(needed, 2 * old);
                best = Arrays.copyOf(best, capacity);
                begins = Arrays.copyOf(begins, capacity);
                ids = Arrays.copyOf(ids, capacity);
                Arrays.fill(begins, old, capacity, NO_PATH);
                pathEnds = new int[capacity];
            }
        }
    }
}
