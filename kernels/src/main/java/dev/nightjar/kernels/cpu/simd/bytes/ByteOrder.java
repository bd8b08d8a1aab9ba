package dev.nightjar.kernels.cpu.simd.bytes;

/** In which order activations of a block of 32 lie: four columns meet the four bytes of an int. */
public enum ByteOrder {

    /** As they come. */
    NATURAL,

    /**
     * Of each run of 16: columns 0, 1, 8, 9, then 3, 4, 11, 12, then 6, 7, 14, 15, then 2, 5, 10,
     * 13. Codes of six bits in sequence are unpacked so with the fewest shifts.
     */
    SIXES;

    /** The column of a run that is in each place. */
    static final int[] SIX_COLUMNS = {0, 1, 8, 9, 3, 4, 11, 12, 6, 7, 14, 15, 2, 5, 10, 13};
}
