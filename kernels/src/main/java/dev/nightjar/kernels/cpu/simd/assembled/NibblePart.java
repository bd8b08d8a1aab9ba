package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.assembly.Register.RDI;
import static dev.nightjar.kernels.cpu.assembly.Register.RSI;

import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;

/**
 * Four words of nibbles times a block of activations. A byte of a word has the code of one column
 * in its lower half and that of the column 16 behind in its upper one.
 */
final class NibblePart {

    /** All bits of lower nibbles; set by {@link #begin}. */
    private static final int MASK = Registers.SUMS - 1;

    private static final int LOWER_NIBBLES = 0x0f0f0f0f;

    private NibblePart() {}

    static void begin(Assembler a) {
        a.broadcast(MASK, LOWER_NIBBLES);
    }

    /**
     * Adds the products of a block to vectors 2t and 2t + 1 of each row t; changes others from
     * {@link Registers#FREE} on.
     *
     * @param words offset of the first word in the group
     * @param x offset of the block in the tile
     */
    static void block(Assembler a, ByteSums sums, int rows, int words, int x) {
        for (int word = 0; word < 4; word++, words += GroupLayout.WORD_BYTES, x += 4) {
            int first = Registers.FREE;
            int second = first + 1;
            a.load(first, RDI, words);
            a.load(second, RDI, words + Registers.BYTES);
            products(a, sums, rows, first, second, x);
            a.shiftRight(first, first, 4);
            a.shiftRight(second, second, 4);
            products(a, sums, rows, first, second, x + 16);
        }
    }

    private static void products(
            Assembler a, ByteSums sums, int rows, int first, int second, int x) {
        int codes = Registers.FREE + 2;
        int others = Registers.FREE + 3;
        int factor = Registers.FREE + 4;
        int free = Registers.FREE + 5;
        a.and(codes, first, MASK);
        a.and(others, second, MASK);
        for (int t = 0; t < rows; t++) {
            a.broadcast(factor, RSI, x + TileForm.NATURAL.codes(t));
            sums.add(2 * t, codes, factor, free);
            sums.add(2 * t + 1, others, factor, free);
        }
    }
}
