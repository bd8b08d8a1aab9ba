package dev.nightjar.kernels.cpu.simd.code;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import dev.nightjar.kernels.cpu.simd.vector.Halves;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Q6_K as integers around 32, whose scales are whole numbers, too: products of 128, 127 and 32, 32
 * of them, stay below 2^24. In the product of one row, the eight products of a lane of 16 bits in a
 * run of 16 columns just fit, so each lane begins at what the centre takes away from its own
 * columns.
 */
public final class Q6_KCodes implements WholeFormat {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int WORD = GroupLayout.WORD_BYTES;
    private static final int CHUNK = 13 * WORD;
    private static final int PAIR_INTS = 2 * L;
    private static final int NIBBLE = 0x0f0f0f0f;
    private static final int UPPER = 0x30303030;

    private final GroupLayout layout;

    /**
     * Not a constant to the compiler, which has no short way to shift lanes of 16 bits by those.
     */
    private int byteBits = 8;

    /** Bytes of a unit, not a constant to the compiler. */
    private int threeWords = 3 * WORD;

    /** Of groups in this layout. */
    public Q6_KCodes(GroupLayout layout) {
        this.layout = layout;
    }

    @Override
    public CodeOrder order() {
        return CodeOrder.BYTES;
    }

    @Override
    public int maxAlone() {
        return VectorShapes.BITS == 512 ? 4 : 6;
    }

    @Override
    public void unpack(MemorySegment data, long offset, int count, CodeScratch scratch) {
        for (int k = 0; k < count; k += RunPlan.COUNT, offset += layout.stepBytes()) {
            factors(data, offset, scratch, k / CodeScratch.BLOCK * ROWS);
            scales(data, offset, scratch);
            for (int chunk = 0; chunk < 4; chunk++) {
                long words = offset + GroupLayout.HALF_BYTES + chunk * CHUNK + WORD;
                for (int c = 0; c < 4; c++) {
                    int run = chunk / 2 * 8 + 2 * c + chunk % 2;
                    unpack(data, words, c, run, (k + run * CodeScratch.RUN) * ROWS, scratch);
                }
            }
        }
    }

    /** A run of a chunk as columns of the panel. */
    private static void unpack(
            MemorySegment data, long words, int c, int run, int to, CodeScratch scratch) {
        float[] panel = scratch.wholes;
        int shift = c / 2 * 4;
        int highShift = 2 * c;
        int high = (2 - c % 2) * WORD;
        int step = scratch.unitStep;
        FloatVector d = FloatVector.fromArray(F, scratch.scales, run * ROWS);
        FloatVector e = FloatVector.fromArray(F, scratch.scales, run * ROWS + L);
        FloatVector m = d.mul(-32);
        FloatVector n = e.mul(-32);
        long word = words + c % 2 * WORD;
        long last = word + 12 * WORD;
        for (; word < last; word += step, to += 4 * ROWS) {
            IntVector v = IntVector.fromMemorySegment(I, data, word + high, LITTLE_ENDIAN);
            IntVector w = IntVector.fromMemorySegment(I, data, word + high + 4 * L, LITTLE_ENDIAN);
            IntVector p = IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN);
            IntVector q = IntVector.fromMemorySegment(I, data, word + 4 * L, LITTLE_ENDIAN);
            v = v.lanewise(LSHR, highShift).lanewise(LSHL, 4).and(UPPER);
            w = w.lanewise(LSHR, highShift).lanewise(LSHL, 4).and(UPPER);
            p = p.lanewise(LSHR, shift).and(NIBBLE).or(v);
            q = q.lanewise(LSHR, shift).and(NIBBLE).or(w);
            ((FloatVector) p.and(255).convert(I2F, 0)).fma(d, m).intoArray(panel, to);
            ((FloatVector) q.and(255).convert(I2F, 0)).fma(e, n).intoArray(panel, to + L);
            ((FloatVector) p.lanewise(LSHR, 8).and(255).convert(I2F, 0))
                    .fma(d, m)
                    .intoArray(panel, to + ROWS);
            ((FloatVector) q.lanewise(LSHR, 8).and(255).convert(I2F, 0))
                    .fma(e, n)
                    .intoArray(panel, to + ROWS + L);
            ((FloatVector) p.lanewise(LSHR, 16).and(255).convert(I2F, 0))
                    .fma(d, m)
                    .intoArray(panel, to + 2 * ROWS);
            ((FloatVector) q.lanewise(LSHR, 16).and(255).convert(I2F, 0))
                    .fma(e, n)
                    .intoArray(panel, to + 2 * ROWS + L);
            ((FloatVector) p.lanewise(LSHR, 24).convert(I2F, 0))
                    .fma(d, m)
                    .intoArray(panel, to + 3 * ROWS);
            ((FloatVector) q.lanewise(LSHR, 24).convert(I2F, 0))
                    .fma(e, n)
                    .intoArray(panel, to + 3 * ROWS + L);
        }
    }

    @Override
    public void dot(
            MemorySegment data, long offset, QuantizedRows x, int row, int n, CodeScratch scratch) {
        Arrays.fill(scratch.products, 0);
        int p = row * (x.cols / 2);
        int r = row * (x.cols / 16);
        long end = offset + layout.bytes(n);
        for (; offset < end; offset += layout.stepBytes(), p += 128, r += 16) {
            long words = offset + GroupLayout.HALF_BYTES + WORD;
            sum(data, words, 2 * WORD, 0, x, p, r, scratch.sums, 0);
            sum(data, words + WORD, WORD, 2, x, p + 16, r + 2, scratch.sums, PAIR_INTS);
            add(data, offset, x, r, scratch);
        }
    }

    /**
     * The sums of two of each chunk's four runs, whose nibbles share their words: as many as narrow
     * vectors have registers for.
     *
     * @param high from a word of nibbles to the word of upper bits
     * @param highShift where the upper bits of the first run begin
     */
    private void sum(
            MemorySegment data,
            long word,
            int high,
            int highShift,
            QuantizedRows x,
            int p,
            int b,
            int[] sums,
            int to) {
        int[] codes = x.in(order());
        int step = threeWords;
        int eight = byteBits;
        IntVector nibble = IntVector.broadcast(I, NIBBLE);
        IntVector upper = IntVector.broadcast(I, UPPER);
        int[] starts = x.runStarts;
        for (int chunk = 0; chunk < 4; chunk++, to += 4 * PAIR_INTS, word += WORD) {
            int run = b + chunk / 2 * 8 + chunk % 2;
            int i = p + chunk / 2 * 64 + chunk % 2 * 8;
            ShortVector s0 = IntVector.broadcast(I, starts[run]).reinterpretAsShorts();
            ShortVector t0 = s0;
            ShortVector s1 = IntVector.broadcast(I, starts[run + 4]).reinterpretAsShorts();
            ShortVector t1 = s1;
            long last = word + 12 * WORD;
            for (; word < last; word += step, i += 2) {
                IntVector v = IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN);
                IntVector e = IntVector.fromMemorySegment(I, data, word + 4 * L, LITTLE_ENDIAN);
                IntVector u =
                        IntVector.fromMemorySegment(I, data, word + high, LITTLE_ENDIAN)
                                .lanewise(LSHR, highShift);
                IntVector z =
                        IntVector.fromMemorySegment(I, data, word + high + 4 * L, LITTLE_ENDIAN)
                                .lanewise(LSHR, highShift);
                ShortVector q =
                        v.and(nibble).or(u.lanewise(LSHL, 4).and(upper)).reinterpretAsShorts();
                ShortVector o =
                        e.and(nibble).or(z.lanewise(LSHL, 4).and(upper)).reinterpretAsShorts();
                ShortVector y = IntVector.broadcast(I, codes[i]).reinterpretAsShorts();
                s0 = q.mul(y).add(s0);
                t0 = o.mul(y).add(t0);
                y = IntVector.broadcast(I, codes[i + 1]).reinterpretAsShorts();
                s0 = q.lanewise(LSHR, eight).mul(y).add(s0);
                t0 = o.lanewise(LSHR, eight).mul(y).add(t0);
                q = v.lanewise(LSHR, 4).and(nibble).or(u.and(upper)).reinterpretAsShorts();
                o = e.lanewise(LSHR, 4).and(nibble).or(z.and(upper)).reinterpretAsShorts();
                y = IntVector.broadcast(I, codes[i + 32]).reinterpretAsShorts();
                s1 = q.mul(y).add(s1);
                t1 = o.mul(y).add(t1);
                y = IntVector.broadcast(I, codes[i + 33]).reinterpretAsShorts();
                s1 = q.lanewise(LSHR, eight).mul(y).add(s1);
                t1 = o.lanewise(LSHR, eight).mul(y).add(t1);
            }
            s0.reinterpretAsInts().intoArray(sums, to);
            t0.reinterpretAsInts().intoArray(sums, to + L);
            s1.reinterpretAsInts().intoArray(sums, to + 2 * PAIR_INTS);
            t1.reinterpretAsInts().intoArray(sums, to + 2 * PAIR_INTS + L);
        }
    }

    /** Adds the lanes of each row times their scales, scales and adds the sums of blocks. */
    private static void add(
            MemorySegment data, long offset, QuantizedRows x, int r, CodeScratch scratch) {
        int[] sums = scratch.sums;
        float[] scales = x.factors;
        Halves.toFloats(data, offset, ROWS, scratch.halves);
        for (int lane = 0; lane < ROWS; lane += L) {
            FloatVector d = FloatVector.fromArray(F, scratch.halves, lane);
            FloatVector sum = FloatVector.fromArray(F, scratch.products, lane);
            for (int half = 0; half < 2; half++) {
                long at = offset + GroupLayout.HALF_BYTES + 2 * half * CHUNK + 4 * lane;
                IntVector g = IntVector.fromMemorySegment(I, data, at, LITTLE_ENDIAN);
                IntVector h = IntVector.fromMemorySegment(I, data, at + CHUNK, LITTLE_ENDIAN);
                int b = r / 2 + 4 * half;
                int from = half * 8 * PAIR_INTS + lane;
                for (int c = 0; c < 4; c++, from += PAIR_INTS) {
                    IntVector p = IntVector.fromArray(I, sums, from);
                    IntVector q = IntVector.fromArray(I, sums, from + 4 * PAIR_INTS);
                    p = p.lanewise(LSHL, 16).lanewise(ASHR, 16).add(p.lanewise(ASHR, 16));
                    q = q.lanewise(LSHL, 16).lanewise(ASHR, 16).add(q.lanewise(ASHR, 16));
                    p = g.lanewise(LSHL, 24 - 8 * c).lanewise(ASHR, 24).mul(p);
                    q = h.lanewise(LSHL, 24 - 8 * c).lanewise(ASHR, 24).mul(q);
                    sum =
                            ((FloatVector) p.add(q).convert(I2F, 0))
                                    .mul(d)
                                    .fma(FloatVector.broadcast(F, scales[b + c]), sum);
                }
            }
            sum.intoArray(scratch.products, lane);
        }
    }

    /** The halves as factors of eight blocks, from {@code to} on. */
    private static void factors(MemorySegment data, long block, CodeScratch scratch, int to) {
        Halves.toFloats(data, block, ROWS, scratch.halves);
        for (int b = 0; b < RunPlan.COUNT / CodeScratch.BLOCK; b++) {
            System.arraycopy(scratch.halves, 0, scratch.factors, to + b * ROWS, ROWS);
        }
    }

    /** The scales of all runs in ascending order. */
    private static void scales(MemorySegment data, long block, CodeScratch scratch) {
        for (int lane = 0; lane < ROWS; lane += L) {
            for (int chunk = 0; chunk < 4; chunk++) {
                long at = block + GroupLayout.HALF_BYTES + chunk * CHUNK + 4 * lane;
                IntVector v = IntVector.fromMemorySegment(I, data, at, LITTLE_ENDIAN);
                for (int c = 0; c < 4; c++) {
                    int run = chunk / 2 * 8 + 2 * c + chunk % 2;
                    ((FloatVector) v.lanewise(LSHL, 24 - 8 * c).lanewise(ASHR, 24).convert(I2F, 0))
                            .intoArray(scratch.scales, run * ROWS + lane);
                }
            }
        }
    }
}
