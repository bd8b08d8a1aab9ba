package dev.nightjar.kernels.cpu.simd.layout;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Weights for kernels whose lanes are rows: two vectors of rows side by side, word by word.
 *
 * <pre>
 * group  block 0 of all rows | block 1 of all rows | ...
 * block  [half of row 0 .. last row]      if the format has a half outside of its words
 *        [word 0 of row 0 .. last row] [word 1 of row 0 .. last row] ...
 * </pre>
 *
 * A word is four bytes of the format's own block, unchanged, so a group is as long as its rows were
 * and is read in one ascending stream. Where each byte is the code of one column, words are turned
 * to columns, the bytes of all rows side by side, so that a load widens them. Rows that a matrix
 * lacks at its end are zero.
 *
 * @param blockElements weights of one row in a block
 * @param blockBytes their bytes in the format
 * @param halfOffset byte offset of the half in the block, or -1
 * @param wordsOffset byte offset of the first word in the block
 * @param numWords words of one row in a block
 * @param isByColumn whether words are turned to columns: the first bytes of all rows, then their
 *     second, third and fourth
 */
public record GroupLayout(
        int blockElements,
        int blockBytes,
        int halfOffset,
        int wordsOffset,
        int numWords,
        boolean isByColumn) {

    /**
     * Rows of a group: what a kernel reads at once, so that one pass reads a group in order.
     * Processors prefetch a stream with gaps badly: a pass over every other cache line ran at a
     * quarter of the speed.
     */
    public static final int ROWS = 2 * VectorShapes.LANES;

    /** Bytes from a word of the rows to the next one. */
    public static final int WORD_BYTES = 4 * ROWS;

    /** Bytes of the rows' halves. */
    public static final int HALF_BYTES = 2 * ROWS;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    /** Of words as they are. */
    public GroupLayout(
            int blockElements, int blockBytes, int halfOffset, int wordsOffset, int numWords) {
        this(blockElements, blockBytes, halfOffset, wordsOffset, numWords, false);
    }

    /** Blocks that are nothing but words. */
    public static GroupLayout words(int blockElements, int numWords) {
        return new GroupLayout(blockElements, 4 * numWords, -1, 0, numWords);
    }

    /** Whether rows of so many weights hold whole blocks. */
    public boolean holds(int cols) {
        return cols % blockElements == 0;
    }

    /** Bytes of the rows of a group in one block. */
    public int stepBytes() {
        return (halfOffset < 0 ? 0 : HALF_BYTES) + numWords * WORD_BYTES;
    }

    /** Bytes of {@code cols} weights of the rows of a group. */
    public long bytes(int cols) {
        return (long) (cols / blockElements) * stepBytes();
    }

    /**
     * Copies rows {@code [first, first + count)} into a group.
     *
     * @param target zero from {@code at} on
     */
    public void pack(Tensor tensor, long first, int count, MemorySegment target, long at) {
        MemorySegment data = tensor.data();
        long rowBytes = tensor.rowBytes();
        long end = (first + 1) * rowBytes;
        for (long block = first * rowBytes; block < end; block += blockBytes) {
            if (halfOffset >= 0) {
                for (int r = 0; r < count; r++) {
                    long from = block + halfOffset + r * rowBytes;
                    target.set(SHORT, at + 2 * r, data.get(SHORT, from));
                }
                at += HALF_BYTES;
            }
            for (int word = 0; word < numWords; word++, at += WORD_BYTES) {
                long from = block + wordsOffset + 4 * word;
                for (int r = 0; r < count; r++) {
                    put(data.get(INT, from + r * rowBytes), r, target, at);
                }
            }
        }
    }

    private void put(int word, int row, MemorySegment target, long at) {
        if (!isByColumn) {
            target.set(INT, at + 4 * row, word);
            return;
        }
        target.set(ValueLayout.JAVA_BYTE, at + row, (byte) word);
        target.set(ValueLayout.JAVA_BYTE, at + ROWS + row, (byte) (word >> 8));
        target.set(ValueLayout.JAVA_BYTE, at + 2 * ROWS + row, (byte) (word >> 16));
        target.set(ValueLayout.JAVA_BYTE, at + 3 * ROWS + row, (byte) (word >> 24));
    }
}
