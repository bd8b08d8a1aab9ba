package dev.nightjar.kernels.cpu.simd.assembled;

/** How the activations of a block of 32 lie: four columns meet the four bytes of an int. */
public enum TileForm {

    /** Codes of 8 bits as they come. */
    NATURAL(32),

    /**
     * Of each run of 16 and each four bytes, the first two of the first eight columns and the
     * others of the last eight, so that lanes of 16 bits have codes of one half of a run only.
     */
    SIXES(32),

    /**
     * Codes of 15 bits: the upper bytes of all columns, then what is to be added to 128 times
     * those.
     */
    WIDE(64),

    /** Codes of 15 bits in 16: of each four columns the first, third, second and fourth. */
    SHORTS(64),

    /** Codes of 8 bits as they come, of which a whole row has one factor, behind the last block. */
    INT8(32),

    /** Single precision, as it comes; nothing else is known about a row. */
    FLOATS(128);

    /** Bytes of what is known about the codes of a row, in each block or behind the last one. */
    private static final int RECORD = 16;

    /** Bytes of the codes of a row. */
    final int codeBytes;

    TileForm(int codeBytes) {
        this.codeBytes = codeBytes;
    }

    /** Whether each block of a row has a factor of its own. */
    boolean hasBlockFactors() {
        return this != FLOATS && this != INT8;
    }

    /** Bytes of a block of a tile. */
    int bytes(int rows) {
        return rows * (hasBlockFactors() ? codeBytes + RECORD : codeBytes);
    }

    /** Bytes behind the last block of a tile. */
    int tailBytes(int rows) {
        return this == INT8 ? rows * RECORD : 0;
    }

    /**
     * Rows of the largest tile: two sums of each are in half of the registers, or in three quarters
     * if nothing but a column of weights and an activation needs one, or in five eighths if a
     * product and a constant do, too.
     */
    int most() {
        return switch (this) {
            case FLOATS -> 3 * AssembledProducts.MOST / 2;
            case INT8 -> 5 * AssembledProducts.MOST / 4;
            default -> AssembledProducts.MOST;
        };
    }

    /** Whether codes have 15 bits. */
    boolean isWide() {
        return this == WIDE || this == SHORTS;
    }

    /** Offset of the codes of row {@code t} in a block. */
    int codes(int t) {
        return t * codeBytes;
    }

    /** Offset of the record of row {@code t} in a block, or behind the last one. */
    int record(int rows, int t) {
        return (this == INT8 ? 0 : rows * codeBytes) + t * RECORD;
    }
}
