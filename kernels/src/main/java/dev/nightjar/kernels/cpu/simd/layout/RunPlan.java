package dev.nightjar.kernels.cpu.simd.layout;

import dev.nightjar.kernels.cpu.simd.group.GroupScratch;
import java.util.function.IntUnaryOperator;

/**
 * Where the codes of 256 weights of each row of a group are: 16 runs of 16, each in four words of
 * which one nibble of each byte counts. The same loops then serve the formats with codes of four
 * and five bits.
 *
 * @param word byte offset of a run's first word from that of the first block
 * @param shift 0 or 4, the lower or upper nibble of each byte
 * @param high byte offset of the word with the upper bits of the first four codes
 * @param highShift where they are in each byte
 * @param highMask which bits of each byte they are, once shifted
 * @param scale where the rows' factors are in {@link GroupScratch#scales}; their offsets follow
 * @param step bytes from a word of a run to the next one, in an array so that the compiler does not
 *     take it for a constant
 */
public record RunPlan(
        int[] word,
        int[] shift,
        int[] high,
        int[] highShift,
        int highMask,
        int[] scale,
        int[] step) {

    /** Weights of a run. */
    public static final int RUN = 16;

    /** Weights of a plan. */
    public static final int COUNT = 256;

    /** A plan of codes of four bits, by run. */
    public static RunPlan nibbles(
            IntUnaryOperator word, IntUnaryOperator shift, IntUnaryOperator scale) {
        return new RunPlan(
                all(word),
                all(shift),
                new int[0],
                new int[0],
                0,
                all(scale),
                all(run -> GroupLayout.WORD_BYTES));
    }

    /** A plan of codes with upper bits. */
    public static RunPlan high(
            RunPlan nibbles,
            IntUnaryOperator high,
            IntUnaryOperator highShift,
            int highMask,
            int step) {
        return new RunPlan(
                nibbles.word,
                nibbles.shift,
                all(high),
                all(highShift),
                highMask,
                nibbles.scale,
                all(run -> step));
    }

    private static int[] all(IntUnaryOperator value) {
        int[] values = new int[COUNT / RUN];
        for (int run = 0; run < values.length; run++) {
            values[run] = value.applyAsInt(run);
        }
        return values;
    }
}
