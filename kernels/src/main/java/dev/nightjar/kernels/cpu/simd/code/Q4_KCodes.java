package dev.nightjar.kernels.cpu.simd.code;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.ReadAhead;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import dev.nightjar.kernels.cpu.simd.vector.Halves;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/** Q4_K as integers, around 8. */
public final class Q4_KCodes implements NibbleFormat {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int WORD = GroupLayout.WORD_BYTES;
    private static final int MASK = 0x0f0f0f0f;

    /** Bytes of two sub-blocks. */
    private static final int PAIR = 9 * WORD;

    private static final float CENTRE = 8;

    /** With narrow vectors it costs more than it gains: 38 instead of 44 GFLOP/s from memory. */
    private static final boolean READS_AHEAD = VectorShapes.BITS == 512;

    private final GroupLayout layout;

    /**
     * Not a constant to the compiler, which has no short way to shift lanes of 16 bits by those.
     */
    private int byteBits = 8;

    /** Bytes of two words, not a constant to the compiler. */
    private int twoWords = 2 * WORD;

    /** Of groups in this layout. */
    public Q4_KCodes(GroupLayout layout) {
        this.layout = layout;
    }

    @Override
    public CodeOrder order() {
        return CodeOrder.BYTES;
    }

    @Override
    public int maxAlone() {
        return VectorShapes.BITS == 512 ? 1 : 6;
    }

    @Override
    public boolean hasBases() {
        return true;
    }

    @Override
    public void unpack(
            MemorySegment data, long first, long second, int count, CodeScratch scratch) {
        for (int k = 0; k < count; k += RunPlan.COUNT) {
            int to = k / 32 * CodeScratch.ROWS;
            unpack(data, first, k, 0, to, scratch);
            unpack(data, second, k, 1, to + ROWS, scratch);
            first += layout.stepBytes();
            second += layout.stepBytes();
        }
    }

    /** A super-block of a group in the order in which it lies in memory. */
    private static void unpack(
            MemorySegment data, long block, int k, int side, int to, CodeScratch scratch) {
        Halves.pairsToFloats(data, block, ROWS, scratch.halves, scratch.offsets, 0);
        for (int pair = 0; pair < 4; pair++, k += 64, to += 2 * CodeScratch.ROWS) {
            long at = block + WORD + pair * PAIR;
            pairFactors(data, at, scratch, to);
            NibbleCodes.unpack(data, at + WORD, 8, k, k + 32, side, scratch);
        }
    }

    @Override
    public void tile(
            MemorySegment data,
            long offset,
            int n,
            QuantizedTiles x,
            int tile,
            CodeScratch scratch,
            float[] sums,
            int at) {
        int size = x.tiles.size[tile];
        int code = x.codeStart(tile, 0);
        int scale = x.scaleStart(tile);
        for (int k = 0; k < n; k += RunPlan.COUNT, offset += layout.stepBytes()) {
            factors(data, offset, scratch, 0);
            for (int j = 0; j < 8; j++, code += 16 * size, scale += size) {
                long words = offset + 2 * WORD + j / 2 * PAIR;
                long next = words + 4 * WORD;
                int shift = j % 2 * 4;
                int row = j * CodeScratch.ROWS;
                NibbleCodeTiles.block(
                        size, data, words, next, shift, shift, x, code, scale, row, true, scratch,
                        sums, at);
            }
        }
    }

    /** Factor and base of sub-block j from {@code j * CodeScratch.ROWS} on. */
    private static void factors(MemorySegment data, long block, CodeScratch scratch, int start) {
        Halves.pairsToFloats(data, block, ROWS, scratch.halves, scratch.offsets, 0);
        for (int pair = 0; pair < 4; pair++) {
            int to = start + 2 * CodeScratch.ROWS * pair;
            pairFactors(data, block + WORD + pair * PAIR, scratch, to);
        }
    }

    /** Those of two sub-blocks, whose codes are in the word at {@code at}. */
    private static void pairFactors(MemorySegment data, long at, CodeScratch scratch, int to) {
        for (int lane = 0; lane < ROWS; lane += L, at += 4 * L, to += L) {
            FloatVector d = FloatVector.fromArray(F, scratch.halves, lane);
            FloatVector m = FloatVector.fromArray(F, scratch.offsets, lane).neg();
            IntVector g = IntVector.fromMemorySegment(I, data, at, LITTLE_ENDIAN);
            FloatVector f = ((FloatVector) g.and(255).convert(I2F, 0)).mul(d);
            f.intoArray(scratch.factors, to);
            ((FloatVector) g.lanewise(LSHR, 8).and(255).convert(I2F, 0))
                    .fma(m, f.mul(CENTRE))
                    .intoArray(scratch.bases, to);
            f = ((FloatVector) g.lanewise(LSHR, 16).and(255).convert(I2F, 0)).mul(d);
            f.intoArray(scratch.factors, to + CodeScratch.ROWS);
            ((FloatVector) g.lanewise(LSHR, 24).convert(I2F, 0))
                    .fma(m, f.mul(CENTRE))
                    .intoArray(scratch.bases, to + CodeScratch.ROWS);
        }
    }

    @Override
    public void dot(
            MemorySegment data, long offset, QuantizedRows x, int row, int n, CodeScratch scratch) {
        Arrays.fill(scratch.products, 0);
        int p = row * (x.cols / 2);
        int b = row * (x.cols / 32);
        for (int left = n / RunPlan.COUNT; left > 0; left -= CodeScratch.TOGETHER) {
            int count = Math.min(CodeScratch.TOGETHER, left);
            sum(data, offset, count, x, p, b, scratch);
            add(data, offset, count, x, b, scratch);
            offset += count * layout.stepBytes();
            p += count * 128;
            b += count * 8;
        }
    }

    /**
     * The sums of some blocks' sub-blocks; a lane of 16 bits sums every other column. Small
     * methods, because the compiler gives up on vectors in those with too many operations.
     */
    private void sum(
            MemorySegment data,
            long word,
            int count,
            QuantizedRows x,
            int p,
            int b,
            CodeScratch scratch) {
        int[] codes = x.in(order());
        int eight = byteBits;
        int step = twoWords;
        IntVector mask = IntVector.broadcast(I, MASK);
        IntVector v;
        IntVector w;
        ShortVector low;
        ShortVector more;
        ShortVector y;
        int[] starts = x.starts;
        int[] sums = scratch.sums;
        int to = 0;
        long ahead = ReadAhead.of(data, word + count * layout.stepBytes());
        int touched = 0;
        for (int pair = 0; pair < 4 * count; pair++, p += 16, b += 2, to += 4 * L) {
            word += pair % 4 == 0 ? 2 * WORD : WORD;
            ShortVector s = IntVector.broadcast(I, starts[b]).reinterpretAsShorts();
            ShortVector t = s;
            ShortVector u = IntVector.broadcast(I, starts[b + 1]).reinterpretAsShorts();
            ShortVector z = u;
            long end = word + 8 * WORD;
            for (; word < end; word += step, p += 4) {
                if (READS_AHEAD) {
                    touched += ReadAhead.twoWords(data, word + ahead);
                }
                v = IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN);
                w = IntVector.fromMemorySegment(I, data, word + 4 * L, LITTLE_ENDIAN);
                low = v.and(mask).reinterpretAsShorts();
                more = w.and(mask).reinterpretAsShorts();
                y = IntVector.broadcast(I, codes[p + 0]).reinterpretAsShorts();
                s = low.mul(y).add(s);
                t = more.mul(y).add(t);
                y = IntVector.broadcast(I, codes[p + 1]).reinterpretAsShorts();
                s = low.lanewise(LSHR, eight).mul(y).add(s);
                t = more.lanewise(LSHR, eight).mul(y).add(t);
                low = v.lanewise(LSHR, 4).and(mask).reinterpretAsShorts();
                more = w.lanewise(LSHR, 4).and(mask).reinterpretAsShorts();
                y = IntVector.broadcast(I, codes[p + 16]).reinterpretAsShorts();
                u = low.mul(y).add(u);
                z = more.mul(y).add(z);
                y = IntVector.broadcast(I, codes[p + 17]).reinterpretAsShorts();
                u = low.lanewise(LSHR, eight).mul(y).add(u);
                z = more.lanewise(LSHR, eight).mul(y).add(z);
                v = IntVector.fromMemorySegment(I, data, word + WORD, LITTLE_ENDIAN);
                w = IntVector.fromMemorySegment(I, data, word + 4 * L + WORD, LITTLE_ENDIAN);
                low = v.and(mask).reinterpretAsShorts();
                more = w.and(mask).reinterpretAsShorts();
                y = IntVector.broadcast(I, codes[p + 2]).reinterpretAsShorts();
                s = low.mul(y).add(s);
                t = more.mul(y).add(t);
                y = IntVector.broadcast(I, codes[p + 3]).reinterpretAsShorts();
                s = low.lanewise(LSHR, eight).mul(y).add(s);
                t = more.lanewise(LSHR, eight).mul(y).add(t);
                low = v.lanewise(LSHR, 4).and(mask).reinterpretAsShorts();
                more = w.lanewise(LSHR, 4).and(mask).reinterpretAsShorts();
                y = IntVector.broadcast(I, codes[p + 18]).reinterpretAsShorts();
                u = low.mul(y).add(u);
                z = more.mul(y).add(z);
                y = IntVector.broadcast(I, codes[p + 19]).reinterpretAsShorts();
                u = low.lanewise(LSHR, eight).mul(y).add(u);
                z = more.lanewise(LSHR, eight).mul(y).add(z);
            }
            s.reinterpretAsInts().intoArray(sums, to);
            t.reinterpretAsInts().intoArray(sums, to + L);
            u.reinterpretAsInts().intoArray(sums, to + 2 * L);
            z.reinterpretAsInts().intoArray(sums, to + 3 * L);
        }
        scratch.touched = touched;
    }

    /**
     * Adds the lanes of each row, which fit one of them, scales and adds the sums of some blocks.
     */
    private void add(
            MemorySegment data,
            long offset,
            int count,
            QuantizedRows x,
            int b,
            CodeScratch scratch) {
        for (int i = 0; i < count; i++) {
            long at = offset + i * layout.stepBytes();
            Halves.pairsToFloats(data, at, ROWS, scratch.halves, scratch.offsets, i * ROWS);
        }
        for (int lane = 0; lane < ROWS; lane += L) {
            addLane(data, offset + WORD + 4 * lane, count, x, b, scratch, lane);
        }
    }

    private static void addLane(
            MemorySegment data,
            long at,
            int count,
            QuantizedRows x,
            int b,
            CodeScratch scratch,
            int lane) {
        int[] sums = scratch.sums;
        float[] totals = x.totals;
        float[] scales = x.factors;
        FloatVector s = FloatVector.fromArray(F, scratch.products, lane);
        for (int pair = 0; pair < 4 * count; pair++, b += 2) {
            int h = pair / 4 * ROWS + lane;
            FloatVector d = FloatVector.fromArray(F, scratch.halves, h);
            FloatVector m = FloatVector.fromArray(F, scratch.offsets, h).neg();
            IntVector g =
                    IntVector.fromMemorySegment(
                            I, data, at + pair * PAIR + pair / 4 * WORD, LITTLE_ENDIAN);
            int k = 4 * pair * L + lane;
            FloatVector f = ((FloatVector) g.and(255).convert(I2F, 0)).mul(d);
            IntVector w = IntVector.fromArray(I, sums, k);
            s =
                    ((FloatVector) g.lanewise(LSHR, 8).and(255).convert(I2F, 0))
                            .fma(m, f.mul(CENTRE))
                            .fma(FloatVector.broadcast(F, totals[b]), s);
            s =
                    ((FloatVector) w.lanewise(LSHL, 16).add(w).lanewise(ASHR, 16).convert(I2F, 0))
                            .mul(f)
                            .fma(FloatVector.broadcast(F, scales[b]), s);
            f = ((FloatVector) g.lanewise(LSHR, 16).and(255).convert(I2F, 0)).mul(d);
            w = IntVector.fromArray(I, sums, k + 2 * L);
            s =
                    ((FloatVector) g.lanewise(LSHR, 24).convert(I2F, 0))
                            .fma(m, f.mul(CENTRE))
                            .fma(FloatVector.broadcast(F, totals[b + 1]), s);
            s =
                    ((FloatVector) w.lanewise(LSHL, 16).add(w).lanewise(ASHR, 16).convert(I2F, 0))
                            .mul(f)
                            .fma(FloatVector.broadcast(F, scales[b + 1]), s);
        }
        s.intoArray(scratch.products, lane);
    }
}
