package dev.nightjar.kernels.cpu.simd.code;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Words of nibbles as lanes of 16 bits. */
public final class NibbleCodes {

    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int COLUMN = CodeScratch.COLUMN_INTS;

    /** From a column of lower nibbles to that of the upper ones. */
    private static final int UP = 16 * COLUMN;

    private static final int MASK = 0x000f000f;

    private NibbleCodes() {}

    /**
     * Decodes blocks of four words of a group into the panel. A word has four columns of lower
     * nibbles and, 16 columns behind, four of upper ones.
     *
     * @param from offset of the first word
     * @param blocks number of blocks
     * @param column of the panel where they begin
     * @param side 0 for the first group of the panel, 1 for the second
     */
    static void unpack(
            MemorySegment data, long from, int blocks, int column, int side, CodeScratch scratch) {
        int[] panel = scratch.panel;
        int to = side * ROWS / 2 + column * COLUMN;
        long word = from;
        for (int b = 0; b < blocks; b++, to += 16 * COLUMN) {
            long last = word + 4 * GroupLayout.WORD_BYTES;
            for (; word < last; word += scratch.wordStep, to += 4 * COLUMN) {
                IntVector v = IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN);
                IntVector w = IntVector.fromMemorySegment(I, data, word + 4 * L, LITTLE_ENDIAN);
                IntVector c = v.and(0xffff).or(w.lanewise(LSHL, 16));
                IntVector d = v.lanewise(LSHR, 16).or(w.and(0xffff0000));
                c.and(MASK).intoArray(panel, to);
                c.lanewise(LSHR, 8).and(MASK).intoArray(panel, to + COLUMN);
                d.and(MASK).intoArray(panel, to + 2 * COLUMN);
                d.lanewise(LSHR, 8).and(MASK).intoArray(panel, to + 3 * COLUMN);
                c.lanewise(LSHR, 4).and(MASK).intoArray(panel, to + UP);
                c.lanewise(LSHR, 12).and(MASK).intoArray(panel, to + UP + COLUMN);
                d.lanewise(LSHR, 4).and(MASK).intoArray(panel, to + UP + 2 * COLUMN);
                d.lanewise(LSHR, 12).and(MASK).intoArray(panel, to + UP + 3 * COLUMN);
            }
        }
    }
}
