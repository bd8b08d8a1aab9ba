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
    private static final int MASK = 0x000f000f;

    private NibbleCodes() {}

    /**
     * Decodes words of a group into the panel.
     *
     * @param from offset of the first word
     * @param words number of words, four columns of lower and four of upper nibbles each
     * @param low column of the first lower nibble
     * @param high column of the first upper nibble
     * @param side 0 for the first group of the panel, 1 for the second
     */
    static void unpack(
            MemorySegment data,
            long from,
            int words,
            int low,
            int high,
            int side,
            CodeScratch scratch) {
        int[] panel = scratch.panel;
        long last = from + (long) words * GroupLayout.WORD_BYTES;
        int to = side * ROWS / 2 + low * COLUMN;
        int up = (high - low) * COLUMN;
        for (long word = from; word < last; word += scratch.wordStep, to += 4 * COLUMN) {
            IntVector a = IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN);
            IntVector b = IntVector.fromMemorySegment(I, data, word + 4 * L, LITTLE_ENDIAN);
            IntVector c = a.and(0xffff).or(b.lanewise(LSHL, 16));
            IntVector d = a.lanewise(LSHR, 16).or(b.and(0xffff0000));
            c.and(MASK).intoArray(panel, to);
            c.lanewise(LSHR, 8).and(MASK).intoArray(panel, to + COLUMN);
            d.and(MASK).intoArray(panel, to + 2 * COLUMN);
            d.lanewise(LSHR, 8).and(MASK).intoArray(panel, to + 3 * COLUMN);
            c.lanewise(LSHR, 4).and(MASK).intoArray(panel, to + up);
            c.lanewise(LSHR, 12).and(MASK).intoArray(panel, to + up + COLUMN);
            d.lanewise(LSHR, 4).and(MASK).intoArray(panel, to + up + 2 * COLUMN);
            d.lanewise(LSHR, 12).and(MASK).intoArray(panel, to + up + 3 * COLUMN);
        }
    }
}
