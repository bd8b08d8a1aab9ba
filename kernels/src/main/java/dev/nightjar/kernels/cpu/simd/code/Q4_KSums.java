package dev.nightjar.kernels.cpu.simd.code;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.ReadAhead;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of products of sub-blocks of Q4_K with one row of activations or two. Small methods, because
 * the compiler gives up on vectors in those with too many operations; going back to scales and
 * minima afterwards costs less than both in one loop, whose numbers do not fit the registers.
 */
final class Q4_KSums {

    /** Sums of a row of activations in the scratch memory, {@code [sub-blocks, ROWS]}. */
    static final int ROW =
            CodeScratch.TOGETHER * RunPlan.COUNT / CodeScratch.BLOCK * GroupLayout.ROWS;

    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int WORD = GroupLayout.WORD_BYTES;

    /** Sub-blocks of a super-block. */
    private static final int BLOCKS = RunPlan.COUNT / CodeScratch.BLOCK;

    /** Bytes of a super-block of a group. */
    private static final long SUPER_BLOCK = 37 * WORD;

    /** With narrow vectors it costs more than it gains: 38 instead of 44 GFLOP/s from memory. */
    private static final boolean READS_AHEAD = VectorShapes.BITS == 512;

    /** Bytes of two words, not a constant to the compiler, so that loops stay in one piece. */
    private int twoWords = 2 * WORD;

    /**
     * The sums of some super-blocks; the two lanes of 16 bits of a row together are one.
     *
     * @param word offset of the first word of scales
     * @param block of the activations
     */
    void one(
            MemorySegment data,
            long word,
            int count,
            QuantizedRows x,
            int block,
            CodeScratch scratch) {
        int[] codes = x.in(CodeOrder.WORDS);
        int[] starts = x.starts;
        int[] sums = scratch.sums;
        int step = twoWords;
        int p = block * 16;
        int to = 0;
        long ahead = ReadAhead.of(data, word + count * SUPER_BLOCK);
        int touched = 0;
        for (int j = 0; j < BLOCKS * count; j++, block++, to += ROWS) {
            word += scales(j);
            ShortVector s = IntVector.broadcast(I, starts[block]).reinterpretAsShorts();
            ShortVector t = s;
            ShortVector y;
            IntVector v;
            IntVector w;
            long end = word + 4 * WORD;
            for (; word < end; word += step, p += 8) {
                if (READS_AHEAD) {
                    touched += ReadAhead.twoWords(data, word + ahead);
                }
                v = IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN);
                w = IntVector.fromMemorySegment(I, data, word + 4 * L, LITTLE_ENDIAN);
                y = IntVector.broadcast(I, codes[p]).reinterpretAsShorts();
                s = v.reinterpretAsShorts().mul(y).add(s);
                t = w.reinterpretAsShorts().mul(y).add(t);
                v = v.lanewise(LSHR, 4);
                w = w.lanewise(LSHR, 4);
                y = IntVector.broadcast(I, codes[p + 1]).reinterpretAsShorts();
                s = v.reinterpretAsShorts().mul(y).add(s);
                t = w.reinterpretAsShorts().mul(y).add(t);
                v = v.lanewise(LSHR, 4);
                w = w.lanewise(LSHR, 4);
                y = IntVector.broadcast(I, codes[p + 2]).reinterpretAsShorts();
                s = v.reinterpretAsShorts().mul(y).add(s);
                t = w.reinterpretAsShorts().mul(y).add(t);
                v = v.lanewise(LSHR, 4);
                w = w.lanewise(LSHR, 4);
                y = IntVector.broadcast(I, codes[p + 3]).reinterpretAsShorts();
                s = v.reinterpretAsShorts().mul(y).add(s);
                t = w.reinterpretAsShorts().mul(y).add(t);
                v = IntVector.fromMemorySegment(I, data, word + WORD, LITTLE_ENDIAN);
                w = IntVector.fromMemorySegment(I, data, word + WORD + 4 * L, LITTLE_ENDIAN);
                y = IntVector.broadcast(I, codes[p + 4]).reinterpretAsShorts();
                s = v.reinterpretAsShorts().mul(y).add(s);
                t = w.reinterpretAsShorts().mul(y).add(t);
                v = v.lanewise(LSHR, 4);
                w = w.lanewise(LSHR, 4);
                y = IntVector.broadcast(I, codes[p + 5]).reinterpretAsShorts();
                s = v.reinterpretAsShorts().mul(y).add(s);
                t = w.reinterpretAsShorts().mul(y).add(t);
                v = v.lanewise(LSHR, 4);
                w = w.lanewise(LSHR, 4);
                y = IntVector.broadcast(I, codes[p + 6]).reinterpretAsShorts();
                s = v.reinterpretAsShorts().mul(y).add(s);
                t = w.reinterpretAsShorts().mul(y).add(t);
                v = v.lanewise(LSHR, 4);
                w = w.lanewise(LSHR, 4);
                y = IntVector.broadcast(I, codes[p + 7]).reinterpretAsShorts();
                s = v.reinterpretAsShorts().mul(y).add(s);
                t = w.reinterpretAsShorts().mul(y).add(t);
            }
            s.reinterpretAsInts().intoArray(sums, to);
            t.reinterpretAsInts().intoArray(sums, to + L);
        }
        scratch.touched = touched;
    }

    /** The same for two rows of activations: words are read and shifted once. */
    void two(
            MemorySegment data,
            long word,
            int count,
            QuantizedRows x,
            int block,
            CodeScratch scratch) {
        int[] codes = x.in(CodeOrder.WORDS);
        int[] starts = x.starts;
        int[] sums = scratch.sums;
        int step = scratch.wordStep;
        int rowBlocks = x.cols / CodeScratch.BLOCK;
        int p = block * 16;
        int q = p + rowBlocks * 16;
        int to = 0;
        for (int j = 0; j < BLOCKS * count; j++, block++, to += ROWS) {
            word += scales(j);
            ShortVector s = IntVector.broadcast(I, starts[block]).reinterpretAsShorts();
            ShortVector t = s;
            ShortVector a = IntVector.broadcast(I, starts[block + rowBlocks]).reinterpretAsShorts();
            ShortVector b = a;
            ShortVector c;
            ShortVector d;
            ShortVector y;
            IntVector v;
            IntVector w;
            long end = word + 4 * WORD;
            for (; word < end; word += step, p += 4, q += 4) {
                v = IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN);
                w = IntVector.fromMemorySegment(I, data, word + 4 * L, LITTLE_ENDIAN);
                c = v.reinterpretAsShorts();
                d = w.reinterpretAsShorts();
                y = IntVector.broadcast(I, codes[p]).reinterpretAsShorts();
                s = c.mul(y).add(s);
                t = d.mul(y).add(t);
                y = IntVector.broadcast(I, codes[q]).reinterpretAsShorts();
                a = c.mul(y).add(a);
                b = d.mul(y).add(b);
                v = v.lanewise(LSHR, 4);
                w = w.lanewise(LSHR, 4);
                c = v.reinterpretAsShorts();
                d = w.reinterpretAsShorts();
                y = IntVector.broadcast(I, codes[p + 1]).reinterpretAsShorts();
                s = c.mul(y).add(s);
                t = d.mul(y).add(t);
                y = IntVector.broadcast(I, codes[q + 1]).reinterpretAsShorts();
                a = c.mul(y).add(a);
                b = d.mul(y).add(b);
                v = v.lanewise(LSHR, 4);
                w = w.lanewise(LSHR, 4);
                c = v.reinterpretAsShorts();
                d = w.reinterpretAsShorts();
                y = IntVector.broadcast(I, codes[p + 2]).reinterpretAsShorts();
                s = c.mul(y).add(s);
                t = d.mul(y).add(t);
                y = IntVector.broadcast(I, codes[q + 2]).reinterpretAsShorts();
                a = c.mul(y).add(a);
                b = d.mul(y).add(b);
                v = v.lanewise(LSHR, 4);
                w = w.lanewise(LSHR, 4);
                c = v.reinterpretAsShorts();
                d = w.reinterpretAsShorts();
                y = IntVector.broadcast(I, codes[p + 3]).reinterpretAsShorts();
                s = c.mul(y).add(s);
                t = d.mul(y).add(t);
                y = IntVector.broadcast(I, codes[q + 3]).reinterpretAsShorts();
                a = c.mul(y).add(a);
                b = d.mul(y).add(b);
            }
            s.reinterpretAsInts().intoArray(sums, to);
            t.reinterpretAsInts().intoArray(sums, to + L);
            a.reinterpretAsInts().intoArray(sums, to + ROW);
            b.reinterpretAsInts().intoArray(sums, to + ROW + L);
        }
    }

    /** Bytes before sub-block {@code j} that are no codes. */
    private static int scales(int j) {
        if (j % 2 != 0) {
            return 0;
        }
        return j == 0 || j % BLOCKS != 0 ? WORD : 2 * WORD;
    }
}
