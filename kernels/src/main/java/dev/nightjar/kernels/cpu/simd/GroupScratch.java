package dev.nightjar.kernels.cpu.simd;

/** A thread's memory for decoding groups. */
final class GroupScratch {

    /**
     * {@link GroupLayout#WORD_BYTES}, but not a constant to the compiler: it leaves a loop with an
     * unknown step in one piece, and memory is then prefetched up to twice as well.
     */
    int wordStep = GroupLayout.WORD_BYTES;

    /** Products of a group with one row of activations. */
    final float[] sums = new float[GroupLayout.ROWS];

    /** Factors of the rows, then their offsets, for each run of codes of a block. */
    final float[] scales = new float[16 * 2 * GroupLayout.ROWS];
}
