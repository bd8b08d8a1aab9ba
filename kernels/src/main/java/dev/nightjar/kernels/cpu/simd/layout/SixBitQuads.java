package dev.nightjar.kernels.cpu.simd.layout;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Codes of six bits, which lie in sequence: three words of a row are a run of 16, the lower halves
 * of all three the first eight codes, the upper halves the others. A quad is an int with the codes
 * of four columns in its lower 24 bits; those above them are none.
 */
public final class SixBitQuads {

    /** Ints of the quads of 256 weights of each row of a group, {@code [64, ROWS]}. */
    public static final int INTS = RunPlan.COUNT / 4 * GroupLayout.ROWS;

    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int WORD = GroupLayout.WORD_BYTES;
    private static final int RUNS = RunPlan.COUNT / RunPlan.RUN;

    /** Runs whose scales share a word, which lies before them. */
    private static final int SCALED = 4;

    private SixBitQuads() {}

    /**
     * Reads the 16 runs of a super-block.
     *
     * @param words offset of the first word of scales
     */
    public static void read(MemorySegment data, long words, int[] quads) {
        int to = 0;
        for (int run = 0; run < RUNS; run++, words += 3 * WORD) {
            if (run % SCALED == 0) {
                words += WORD;
            }
            for (int lane = 0; lane < ROWS; lane += L) {
                long at = words + 4 * lane;
                IntVector u = IntVector.fromMemorySegment(I, data, at, LITTLE_ENDIAN);
                IntVector v = IntVector.fromMemorySegment(I, data, at + WORD, LITTLE_ENDIAN);
                IntVector w = IntVector.fromMemorySegment(I, data, at + 2 * WORD, LITTLE_ENDIAN);
                u.and(0xffff).or(v.lanewise(LSHL, 16)).intoArray(quads, to + lane);
                v.lanewise(LSHR, 8)
                        .and(0xff)
                        .or(w.lanewise(LSHL, 8))
                        .intoArray(quads, to + ROWS + lane);
                u.lanewise(LSHR, 16).or(v.and(0xffff0000)).intoArray(quads, to + 2 * ROWS + lane);
                v.lanewise(LSHR, 24)
                        .or(w.lanewise(LSHR, 8).and(0xffff00))
                        .intoArray(quads, to + 3 * ROWS + lane);
            }
            to += 4 * ROWS;
        }
    }
}
