package dev.nightjar.kernels.cpu.simd.code;

/**
 * How lanes of 16 bits hold the codes of a row. A lane is multiplied without taking it apart: what
 * its upper codes add to a product is taken away from the factor of the code that comes next, and
 * sums that overflow 16 bits on the way do no harm as long as the last one fits them.
 *
 * <pre>{@code
 * lane = a + 256 b             a x + b y = lane * x + (lane >> 8) * (y - 256 x)
 * }</pre>
 */
public enum CodeOrder {

    /**
     * Nibbles, from the lowest: the first column, that 16 behind it, the second, that behind. Of
     * four columns, one lane has the first two, the next lane the other two.
     */
    NIBBLES(8),

    /**
     * Nibbles of an int that is shifted as a whole, so that constants shift it: the same columns in
     * the same order, but the lower lane has the codes of the upper one above its own, and only the
     * sum of both lanes is right, in 16 bits.
     */
    WORDS(8),

    /**
     * Six bits of each code in sequence: eight codes in the three lanes of three words that come
     * first, the next eight in the three others. A code that lies across two lanes has a factor for
     * both parts.
     */
    SIXES(10);

    static final int COUNT = 3;
    private static final int APART = 16;

    /** Factors of a run of 16 columns, two in an int. */
    final int perRun;

    CodeOrder(int perRun) {
        this.perRun = perRun;
    }

    /**
     * The factors of lanes, two in an int like two lanes of a row. Those of {@link #SIXES} and
     * {@link #WORDS} are in the order in which the codes' parts are met; in {@link #NIBBLES}, those
     * for the first of four columns are at half its number, those for the second behind it.
     *
     * @param codes of activations
     * @param count of them, whole blocks of 32
     * @param factors {@link #perRun} for each 16
     */
    void arrange(int[] codes, int count, int[] factors) {
        switch (this) {
            case NIBBLES -> nibbles(codes, count, factors);
            case WORDS -> words(codes, count, factors);
            case SIXES -> sixes(codes, count, factors);
        }
    }

    private static void words(int[] codes, int count, int[] factors) {
        int to = 0;
        for (int block = 0; block < count; block += 2 * APART) {
            for (int k = block; k < block + APART; k += 4) {
                int first = pair(codes, k);
                int behind = pair(codes, k + APART);
                int second = pair(codes, k + 1);
                int last = pair(codes, k + 1 + APART);
                factors[to++] = less(first, last << 16, 4);
                factors[to++] = less(behind, first, 4);
                factors[to++] = less(second, behind, 4);
                factors[to++] = less(last, second, 4);
            }
        }
    }

    private static void sixes(int[] codes, int count, int[] factors) {
        int to = 0;
        for (int run = 0; run < count; run += 16) {
            int before = 0;
            for (int k = run; k < run + 8; k++) {
                int pair = pair(codes, k, 8);
                factors[to++] = less(pair, before, 6);
                if (k == run + 2) {
                    factors[to++] = times(pair, 4); // its four lower bits were in the lane before
                } else if (k == run + 5) {
                    factors[to++] = times(pair, 2);
                }
                before = pair;
            }
        }
    }

    private static void nibbles(int[] codes, int count, int[] factors) {
        for (int block = 0; block < count; block += 2 * APART) {
            for (int k = block; k < block + APART; k += 4) {
                int first = pair(codes, k);
                int behind = pair(codes, k + APART);
                int second = pair(codes, k + 1);
                int last = pair(codes, k + 1 + APART);
                factors[k / 2] = first;
                factors[(k + APART) / 2] = less(behind, first, 4);
                factors[k / 2 + 1] = less(second, behind, 4);
                factors[(k + APART) / 2 + 1] = less(last, second, 4);
            }
        }
    }

    /** The codes of a column and of the one two behind it. */
    private static int pair(int[] codes, int k) {
        return pair(codes, k, 2);
    }

    private static int pair(int[] codes, int k, int apart) {
        return codes[k + apart] << 16 | codes[k] & 0xffff;
    }

    /** Both halves, shifted. */
    private static int times(int a, int shift) {
        return a >>> 16 << 16 + shift | a << shift & 0xffff;
    }

    /** In both halves, {@code a - (b << shift)}. */
    private static int less(int a, int b, int shift) {
        return (a >>> 16) - (b >>> 16 << shift) << 16 | a - (b << shift) & 0xffff;
    }
}
