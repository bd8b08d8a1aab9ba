package dev.nightjar.kernels.cpu.simd.code;

/**
 * How lanes of 16 bits hold the codes of a row. A lane is multiplied without taking it apart: what
 * its upper codes add to a product is taken away from the factor of the code that comes next, and
 * sums that overflow 16 bits on the way do no harm as long as the last one fits them. Of four
 * columns, one lane has the first two, the next lane the other two.
 *
 * <pre>{@code
 * lane = a + 256 b             a x + b y = lane * x + (lane >> 8) * (y - 256 x)
 * }</pre>
 */
public enum CodeOrder {

    /** Nibbles, from the lowest: the first column, that 16 behind it, the second, that behind. */
    NIBBLES,

    /** Bytes: the first column, the second. */
    BYTES;

    static final int COUNT = 2;
    private static final int APART = 16;

    /**
     * The factors of lanes, two in an int like two lanes of a row: those for the first of four
     * columns at half its number, those for the second behind it.
     *
     * @param codes of activations
     * @param count of them, whole blocks of 32
     * @param factors half as many
     */
    void arrange(int[] codes, int count, int[] factors) {
        if (this == BYTES) {
            bytes(codes, count, factors);
        } else {
            nibbles(codes, count, factors);
        }
    }

    private static void bytes(int[] codes, int count, int[] factors) {
        for (int k = 0; k < count; k += 4) {
            int first = pair(codes, k);
            factors[k / 2] = first;
            factors[k / 2 + 1] = less(pair(codes, k + 1), first, 8);
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
        return codes[k + 2] << 16 | codes[k] & 0xffff;
    }

    /** In both halves, {@code a - (b << shift)}. */
    private static int less(int a, int b, int shift) {
        return (a >>> 16) - (b >>> 16 << shift) << 16 | a - (b << shift) & 0xffff;
    }
}
