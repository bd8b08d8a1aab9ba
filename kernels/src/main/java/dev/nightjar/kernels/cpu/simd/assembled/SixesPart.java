package dev.nightjar.kernels.cpu.simd.assembled;

import static dev.nightjar.kernels.cpu.assembly.Register.RDI;
import static dev.nightjar.kernels.cpu.assembly.Register.RSI;

import dev.nightjar.kernels.cpu.assembly.Assembler;

/** A run of 16 codes of {@link Q6_KRows} times activations, one vector of rows. */
record SixesPart(Assembler a, ByteSums sums, int rows) {

    /** Free for others once a run is done, as is {@link #FREE}. */
    static final int CODES = Registers.FREE;

    /** Three, free for others once a run is done. */
    static final int WORDS = CODES + 1;

    /** Free between instructions of this. */
    static final int FREE = WORDS + 3;

    /** The bits of a word that are codes. */
    private static final int LOWER = FREE + 1;

    /** Those that are parts of the last codes. */
    private static final int UPPER = LOWER + 1;

    /** Writes what sets the masks. */
    static SixesPart begin(Assembler a, ByteSums sums, int rows) {
        a.broadcast(LOWER, 0x3f3f3f3f);
        a.broadcast(UPPER, 0xc0c0c0c0);
        sums.begin();
        return new SixesPart(a, sums, rows);
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
            a.load(WORDS + word, RDI, words + word * Q6_KRows.WORD);
            a.and(CODES, WORDS + word, LOWER);
            products(sum, x + 4 * word);
        }
        a.and(CODES, WORDS + 2, UPPER);
        a.shiftRight(CODES, CODES, 2);
        a.orAnd(CODES, WORDS + 1, UPPER);
        a.shiftRight(CODES, CODES, 2);
        a.orAnd(CODES, WORDS, UPPER);
        a.shiftRight(CODES, CODES, 2);
        products(sum, x + 12);
    }

    private void products(int sum, int x) {
        for (int t = 0; t < rows; t++) {
            sums.add(sum + 2 * t, CODES, RSI, x + TileForm.SIXES.codes(t), FREE);
        }
    }
}
