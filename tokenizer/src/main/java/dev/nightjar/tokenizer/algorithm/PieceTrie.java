package dev.nightjar.tokenizer.algorithm;

import java.util.function.IntPredicate;

/**
 * The pieces that begin at a position, found by one walk over its bytes: a trie in the form of a
 * double array. Immutable.
 *
 * <p>The child of node {@code n} for a byte {@code b} is {@code base[n] ^ b}, if that slot names
 * {@code n} as its parent; so one step costs one array access.
 *
 * <pre>
 * links[node] = parent in the high half, base in the low half; parent -1: a free slot
 * ids[node]   = the piece that ends here, or NO_PIECE
 * </pre>
 */
public final class PieceTrie {
    /** Where every walk begins. */
    static final int ROOT = 0;

    /** Answered where there is no such child. */
    static final int NO_NODE = -1;

    /** Answered where no piece ends. */
    static final int NO_PIECE = -1;

    private final long[] links;
    private final int[] ids;
    private final int maxPieceBytes;

    PieceTrie(long[] links, int[] ids, int maxPieceBytes) {
        this.links = links;
        this.ids = ids;
        this.maxPieceBytes = maxPieceBytes;
    }

    /** A trie of the included tokens; of tokens with equal bytes the last one is found. */
    public static PieceTrie of(TokenBytes tokens, IntPredicate isIncluded) {
        return new PieceTrieBuilder(tokens, isIncluded).build();
    }

    /** The length of the longest piece in bytes, 0 if there is none. */
    int maxPieceBytes() {
        return maxPieceBytes;
    }

    /** The node one byte further, or {@link #NO_NODE}. */
    int child(int node, byte label) {
        int child = (int) links[node] ^ label & 0xFF;
        return links[child] >>> 32 == node ? child : NO_NODE;
    }

    /** The piece that ends at a node, or {@link #NO_PIECE}. */
    int id(int node) {
        return ids[node];
    }

    /** Whether a piece begins with this byte. */
    boolean begins(byte first) {
        return child(ROOT, first) != NO_NODE;
    }

    /** The end of the longest piece that begins at {@code from}, or {@code from} if none does. */
    int longestEnd(byte[] utf8, int from, int to) {
        int longest = from;
        int node = ROOT;
        for (int i = from; i < to; ) {
            node = child(node, utf8[i++]);
            if (node == NO_NODE) {
                break;
            }
            if (ids[node] != NO_PIECE) {
                longest = i;
            }
        }
        return longest;
    }
}
