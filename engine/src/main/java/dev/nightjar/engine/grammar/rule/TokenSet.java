package dev.nightjar.engine.grammar.rule;

import java.util.Arrays;

/** A set of token ids, as a list if they are few and as bits otherwise. Immutable. */
public final class TokenSet {

    /** Up to this share of the bits' size, a list is smaller. */
    private static final int BITS_PER_ID = 32;

    private final int[] ids;
    private final long[] bits;

    private TokenSet(int[] ids, long[] bits) {
        this.ids = ids;
        this.bits = bits;
    }

    /** A copy of bits. */
    public static TokenSet of(long[] bits) {
        int size = 0;
        for (long word : bits) {
            size += Long.bitCount(word);
        }
        if ((long) size * BITS_PER_ID > bits.length * 64L) {
            return new TokenSet(null, bits.clone());
        }
        int[] ids = new int[size];
        int next = 0;
        for (int i = 0; i < bits.length; i++) {
            for (long word = bits[i]; word != 0; word &= word - 1) {
                ids[next++] = i * 64 + Long.numberOfTrailingZeros(word);
            }
        }
        return new TokenSet(ids, null);
    }

    /** Sets the bits of all tokens of this set, clears none. */
    public void addTo(long[] mask) {
        if (bits == null) {
            for (int id : ids) {
                mask[id >> 6] |= 1L << id;
            }
            return;
        }
        for (int i = 0; i < bits.length; i++) {
            mask[i] |= bits[i];
        }
    }

    /** Sets the bits of this set and clears all others. */
    public void copyTo(long[] mask) {
        if (bits == null) {
            Arrays.fill(mask, 0);
            addTo(mask);
        } else {
            System.arraycopy(bits, 0, mask, 0, bits.length);
            Arrays.fill(mask, bits.length, mask.length, 0);
        }
    }

    /** Whether no token is in it. */
    public boolean isEmpty() {
        return ids != null && ids.length == 0;
    }

    /** The memory it takes. */
    public int sizeBytes() {
        return ids != null ? 4 * ids.length : 8 * bits.length;
    }
}
