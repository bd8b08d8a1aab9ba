package dev.nightjar.kernels.cpu.simd.kv;

import dev.nightjar.kernels.cpu.CpuKvStore;

/**
 * Keys {@code [dim, stride]} or values {@code [tokens, stride]} of one head in one block, or in a
 * panel of the same order. Filled anew for every block instead of being made anew.
 */
public final class KvSlice {

    /** Byte offset of the whole array. */
    public long start;

    /** Elements from one row to the next. */
    public int stride;

    /** Elements of a head. */
    public int dim;

    /** First token in question. */
    public int token;

    /** Tokens that the block has room for: the length of a row of scales. */
    public int blockSize;

    /** Where the codes begin if scales precede them. */
    long codes() {
        return start + 2L * blockSize * Math.ceilDiv(dim, CpuKvStore.SCALE_RUN);
    }

    /** Where the scales of element {@code d} begin, one per token. */
    long scales(int d) {
        return start + 2L * blockSize * (d / CpuKvStore.SCALE_RUN);
    }
}
