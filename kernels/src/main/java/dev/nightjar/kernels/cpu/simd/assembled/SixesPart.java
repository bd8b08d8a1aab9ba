package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.assembly.Register.RDI;
import static dev.nightjar.kernels.cpu.assembly.Register.RSI;

import dev.nightjar.kernels.cpu.assembly.Assembler;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;

/**
 * A run of 16 codes of six bits times activations, one vector of rows. Of its three words, the
 * lower halves hold eight codes in sequence and the upper ones the other eight.
 */
record SixesPart(Assembler a, ByteSums sums, Constants masks, int rows) {

    /** Free for others once a run is done, as is {@link #FREE}. */
    static final int CODES = Registers.FREE;

    /** Three, free for others once a run is done. */
    static final int WORDS = CODES + 1;

    /** Free between instructions of this. */
    static final int FREE = WORDS + 3;

    /** The first has six bits in even bytes, the second in odd ones. */
    private static final int[] MASKS = {
        0x003f003f, 0x3f003f00, 0x000f000f, 0x00300030, 0x03000300, 0x3c003c00
    };

    /** For a function with scratch memory at this offset behind its sums; writes what sets that. */
    static SixesPart begin(Assembler a, ByteSums sums, int rows, int scratch) {
        Constants masks = new Constants(MASKS, FREE + 1, scratch);
        masks.write(a);
        sums.begin();
        return new SixesPart(a, sums, masks, rows);
    }

    /**
     * Adds the products of a run to every other vector.
     *
     * @param sum the vector for the first row
     * @param words offset of the first word in the group
     * @param x offset of the run's codes for the first row in the tile
     */
    void run(int sum, int words, int x) {
        for (int word = 0; word < 3; word++) {
            a.load(WORDS + word, RDI, words + word * GroupLayout.WORD_BYTES);
        }
        masks.and(a, CODES, WORDS, 0);
        a.shiftLeft(FREE, WORDS, 2);
        masks.orAnd(a, CODES, FREE, 1);
        products(sum, x);
        masks.and(a, CODES, WORDS + 1, 1);
        a.shiftRight(FREE, WORDS + 1, 2);
        masks.orAnd(a, CODES, FREE, 0);
        products(sum, x + 4);
        a.shiftRight(FREE, WORDS + 2, 4);
        masks.and(a, CODES, FREE, 0);
        a.shiftRight(FREE, WORDS + 2, 2);
        masks.orAnd(a, CODES, FREE, 1);
        products(sum, x + 8);
        last();
        products(sum, x + 12);
    }

    /** What the others left of each word. */
    private void last() {
        a.shiftRight(FREE, WORDS, 12);
        masks.and(a, CODES, FREE, 2);
        a.shiftLeft(FREE, WORDS + 1, 4);
        masks.orAnd(a, CODES, FREE, 3);
        a.shiftRight(FREE, WORDS + 1, 6);
        masks.orAnd(a, CODES, FREE, 4);
        a.shiftLeft(FREE, WORDS + 2, 10);
        masks.orAnd(a, CODES, FREE, 5);
    }

    private void products(int sum, int x) {
        for (int t = 0; t < rows; t++) {
            sums.add(sum + 2 * t, CODES, RSI, x + TileForm.SIXES.codes(t), FREE);
        }
    }
}
