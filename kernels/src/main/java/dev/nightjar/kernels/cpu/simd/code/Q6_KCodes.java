package dev.nightjar.kernels.cpu.simd.code;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import dev.nightjar.kernels.cpu.simd.layout.SixBitQuads;
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

    private final GroupLayout layout;

    // Not constants to the compiler, which has no short way to shift lanes of 16 bits by those.
    private int twoBits = 2;
    private int fourBits = 4;
    private int sixBits = 6;

    /** Bytes of a run, not a constant either, so that the loop stays in one piece. */
    private int threeWords = 3 * WORD;

    /** {@link #CHUNK}, not a constant either. */
    private int chunkBytes = CHUNK;

    /** Of groups in this layout. */
    public Q6_KCodes(GroupLayout layout) {
        this.layout = layout;
    }

    @Override
    public CodeOrder order() {
        return CodeOrder.SIXES;
    }

    @Override
    public int maxAlone() {
        return VectorShapes.BITS == 512 ? 6 : 10;
    }

    @Override
    public void unpack(MemorySegment data, long offset, int count, CodeScratch scratch) {
        for (int k = 0; k < count; k += RunPlan.COUNT, offset += layout.stepBytes()) {
            factors(data, offset, scratch, k / CodeScratch.BLOCK * ROWS);
            scales(data, offset, scratch);
            SixBitQuads.read(data, offset + GroupLayout.HALF_BYTES, scratch.quads);
            unpack(scratch, k * ROWS);
        }
    }

    /** The runs of a super-block as columns of the panel from {@code to} on. */
    private static void unpack(CodeScratch scratch, int to) {
        float[] panel = scratch.wholes;
        int from = 0;
        for (int run = 0; run < RunPlan.COUNT / CodeScratch.RUN; run++) {
            FloatVector d = FloatVector.fromArray(F, scratch.scales, run * ROWS);
            FloatVector e = FloatVector.fromArray(F, scratch.scales, run * ROWS + L);
            FloatVector m = d.mul(-32);
            FloatVector n = e.mul(-32);
            int last = from + 4 * ROWS;
            for (; from < last; from += ROWS, to += 4 * ROWS) {
                IntVector v = IntVector.fromArray(I, scratch.quads, from);
                IntVector w = IntVector.fromArray(I, scratch.quads, from + L);
                ((FloatVector) v.and(63).convert(I2F, 0)).fma(d, m).intoArray(panel, to);
                ((FloatVector) w.and(63).convert(I2F, 0)).fma(e, n).intoArray(panel, to + L);
                ((FloatVector) v.lanewise(LSHR, 6).and(63).convert(I2F, 0))
                        .fma(d, m)
                        .intoArray(panel, to + ROWS);
                ((FloatVector) w.lanewise(LSHR, 6).and(63).convert(I2F, 0))
                        .fma(e, n)
                        .intoArray(panel, to + ROWS + L);
                ((FloatVector) v.lanewise(LSHR, 12).and(63).convert(I2F, 0))
                        .fma(d, m)
                        .intoArray(panel, to + 2 * ROWS);
                ((FloatVector) w.lanewise(LSHR, 12).and(63).convert(I2F, 0))
                        .fma(e, n)
                        .intoArray(panel, to + 2 * ROWS + L);
                ((FloatVector) v.lanewise(LSHR, 18).and(63).convert(I2F, 0))
                        .fma(d, m)
                        .intoArray(panel, to + 3 * ROWS);
                ((FloatVector) w.lanewise(LSHR, 18).and(63).convert(I2F, 0))
                        .fma(e, n)
                        .intoArray(panel, to + 3 * ROWS + L);
            }
        }
    }

    @Override
    public void dot(
            MemorySegment data,
            long offset,
            QuantizedRows x,
            int row,
            int rows,
            int n,
            CodeScratch scratch) {
        Arrays.fill(scratch.products, 0);
        int r = row * (x.cols / 16);
        long end = offset + layout.bytes(n);
        for (; offset < end; offset += layout.stepBytes(), r += 16) {
            sum(data, offset + GroupLayout.HALF_BYTES + WORD, x, r, scratch.sums);
            add(data, offset, x, r, scratch);
        }
    }

    /** The sums of the runs of a super-block; factors as {@link CodeOrder#SIXES} has them. */
    private void sum(MemorySegment data, long word, QuantizedRows x, int r, int[] sums) {
        int[] codes = x.in(order());
        int[] starts = x.runStarts;
        int step = threeWords;
        int two = twoBits;
        int four = fourBits;
        int six = sixBits;
        int i = r * order().perRun;
        int to = 0;
        for (int chunk = 0; chunk < 4; chunk++, word += WORD) {
            long last = word + 12 * WORD;
            for (; word < last; word += step, i += 10, to += PAIR_INTS, r++) {
                ShortVector s = IntVector.broadcast(I, starts[r]).reinterpretAsShorts();
                ShortVector t = s;
                ShortVector v =
                        IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN)
                                .reinterpretAsShorts();
                ShortVector w =
                        IntVector.fromMemorySegment(I, data, word + 4 * L, LITTLE_ENDIAN)
                                .reinterpretAsShorts();
                ShortVector y = IntVector.broadcast(I, codes[i]).reinterpretAsShorts();
                s = v.mul(y).add(s);
                t = w.mul(y).add(t);
                v = v.lanewise(LSHR, six);
                w = w.lanewise(LSHR, six);
                y = IntVector.broadcast(I, codes[i + 1]).reinterpretAsShorts();
                s = v.mul(y).add(s);
                t = w.mul(y).add(t);
                v = v.lanewise(LSHR, six);
                w = w.lanewise(LSHR, six);
                y = IntVector.broadcast(I, codes[i + 2]).reinterpretAsShorts();
                s = v.mul(y).add(s);
                t = w.mul(y).add(t);
                v =
                        IntVector.fromMemorySegment(I, data, word + WORD, LITTLE_ENDIAN)
                                .reinterpretAsShorts();
                w =
                        IntVector.fromMemorySegment(I, data, word + WORD + 4 * L, LITTLE_ENDIAN)
                                .reinterpretAsShorts();
                y = IntVector.broadcast(I, codes[i + 3]).reinterpretAsShorts();
                s = v.mul(y).add(s);
                t = w.mul(y).add(t);
                v = v.lanewise(LSHR, two);
                w = w.lanewise(LSHR, two);
                y = IntVector.broadcast(I, codes[i + 4]).reinterpretAsShorts();
                s = v.mul(y).add(s);
                t = w.mul(y).add(t);
                v = v.lanewise(LSHR, six);
                w = w.lanewise(LSHR, six);
                y = IntVector.broadcast(I, codes[i + 5]).reinterpretAsShorts();
                s = v.mul(y).add(s);
                t = w.mul(y).add(t);
                v = v.lanewise(LSHR, six);
                w = w.lanewise(LSHR, six);
                y = IntVector.broadcast(I, codes[i + 6]).reinterpretAsShorts();
                s = v.mul(y).add(s);
                t = w.mul(y).add(t);
                v =
                        IntVector.fromMemorySegment(I, data, word + 2 * WORD, LITTLE_ENDIAN)
                                .reinterpretAsShorts();
                w =
                        IntVector.fromMemorySegment(I, data, word + 2 * WORD + 4 * L, LITTLE_ENDIAN)
                                .reinterpretAsShorts();
                y = IntVector.broadcast(I, codes[i + 7]).reinterpretAsShorts();
                s = v.mul(y).add(s);
                t = w.mul(y).add(t);
                v = v.lanewise(LSHR, four);
                w = w.lanewise(LSHR, four);
                y = IntVector.broadcast(I, codes[i + 8]).reinterpretAsShorts();
                s = v.mul(y).add(s);
                t = w.mul(y).add(t);
                v = v.lanewise(LSHR, six);
                w = w.lanewise(LSHR, six);
                y = IntVector.broadcast(I, codes[i + 9]).reinterpretAsShorts();
                s = v.mul(y).add(s);
                t = w.mul(y).add(t);
                s.reinterpretAsInts().intoArray(sums, to);
                t.reinterpretAsInts().intoArray(sums, to + L);
            }
        }
    }

    /** Adds the lanes of each row times their scales, scales and adds the sums of blocks. */
    private void add(MemorySegment data, long offset, QuantizedRows x, int r, CodeScratch scratch) {
        int[] sums = scratch.sums;
        float[] scales = x.factors;
        Halves.toFloats(data, offset, ROWS, scratch.halves);
        FloatVector d0 = FloatVector.fromArray(F, scratch.halves, 0);
        FloatVector d1 = FloatVector.fromArray(F, scratch.halves, L);
        FloatVector s0 = FloatVector.fromArray(F, scratch.products, 0);
        FloatVector s1 = FloatVector.fromArray(F, scratch.products, L);
        IntVector p;
        IntVector q;
        int step = chunkBytes;
        int b = r / 2;
        int from = 0;
        long at = offset + GroupLayout.HALF_BYTES;
        long end = at + 4 * CHUNK;
        for (; at < end; at += step, b += 2, from += 4 * PAIR_INTS) {
            IntVector g = IntVector.fromMemorySegment(I, data, at, LITTLE_ENDIAN);
            IntVector h = IntVector.fromMemorySegment(I, data, at + 4 * L, LITTLE_ENDIAN);
            FloatVector dx = FloatVector.broadcast(F, scales[b]);
            p = IntVector.fromArray(I, sums, from);
            q = IntVector.fromArray(I, sums, from + PAIR_INTS);
            p = p.lanewise(LSHL, 16).lanewise(ASHR, 16).add(p.lanewise(ASHR, 16));
            q = q.lanewise(LSHL, 16).lanewise(ASHR, 16).add(q.lanewise(ASHR, 16));
            p = g.lanewise(LSHL, 24).lanewise(ASHR, 24).mul(p);
            q = g.lanewise(LSHL, 16).lanewise(ASHR, 24).mul(q);
            s0 = ((FloatVector) p.add(q).convert(I2F, 0)).mul(d0).fma(dx, s0);
            p = IntVector.fromArray(I, sums, from + L);
            q = IntVector.fromArray(I, sums, from + PAIR_INTS + L);
            p = p.lanewise(LSHL, 16).lanewise(ASHR, 16).add(p.lanewise(ASHR, 16));
            q = q.lanewise(LSHL, 16).lanewise(ASHR, 16).add(q.lanewise(ASHR, 16));
            p = h.lanewise(LSHL, 24).lanewise(ASHR, 24).mul(p);
            q = h.lanewise(LSHL, 16).lanewise(ASHR, 24).mul(q);
            s1 = ((FloatVector) p.add(q).convert(I2F, 0)).mul(d1).fma(dx, s1);
            dx = FloatVector.broadcast(F, scales[b + 1]);
            p = IntVector.fromArray(I, sums, from + 2 * PAIR_INTS);
            q = IntVector.fromArray(I, sums, from + 3 * PAIR_INTS);
            p = p.lanewise(LSHL, 16).lanewise(ASHR, 16).add(p.lanewise(ASHR, 16));
            q = q.lanewise(LSHL, 16).lanewise(ASHR, 16).add(q.lanewise(ASHR, 16));
            p = g.lanewise(LSHL, 8).lanewise(ASHR, 24).mul(p);
            q = g.lanewise(ASHR, 24).mul(q);
            s0 = ((FloatVector) p.add(q).convert(I2F, 0)).mul(d0).fma(dx, s0);
            p = IntVector.fromArray(I, sums, from + 2 * PAIR_INTS + L);
            q = IntVector.fromArray(I, sums, from + 3 * PAIR_INTS + L);
            p = p.lanewise(LSHL, 16).lanewise(ASHR, 16).add(p.lanewise(ASHR, 16));
            q = q.lanewise(LSHL, 16).lanewise(ASHR, 16).add(q.lanewise(ASHR, 16));
            p = h.lanewise(LSHL, 8).lanewise(ASHR, 24).mul(p);
            q = h.lanewise(ASHR, 24).mul(q);
            s1 = ((FloatVector) p.add(q).convert(I2F, 0)).mul(d1).fma(dx, s1);
        }
        s0.intoArray(scratch.products, 0);
        s1.intoArray(scratch.products, L);
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
                    int run = 4 * chunk + c;
                    ((FloatVector) v.lanewise(LSHL, 24 - 8 * c).lanewise(ASHR, 24).convert(I2F, 0))
                            .intoArray(scratch.scales, run * ROWS + lane);
                }
            }
        }
    }
}
