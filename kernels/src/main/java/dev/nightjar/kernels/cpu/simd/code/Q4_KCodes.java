package dev.nightjar.kernels.cpu.simd.code;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.ReadAhead;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/** Q4_K as integers, around 8. */
public final class Q4_KCodes implements CodeFormat {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int WORD = GroupLayout.WORD_BYTES;
    private static final int MASK = 0x000f000f;

    /** Bytes of two sub-blocks. */
    private static final int PAIR = 9 * WORD;

    private static final float CENTRE = 8;

    private final GroupLayout layout;

    /** Bytes of two words, not a constant to the compiler. */
    private int twoWords = 2 * WORD;

    /** Of groups in this layout. */
    public Q4_KCodes(GroupLayout layout) {
        this.layout = layout;
    }

    @Override
    public boolean hasPanel() {
        return true;
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
            factors(data, first, scratch, to);
            factors(data, second, scratch, to + ROWS);
            for (int j = 0; j < 4; j++) {
                long at = 2 * WORD + j * PAIR;
                int low = k + 64 * j;
                NibbleCodes.unpack(data, first + at, 8, low, low + 32, 0, scratch);
                NibbleCodes.unpack(data, second + at, 8, low, low + 32, 1, scratch);
            }
            first += layout.stepBytes();
            second += layout.stepBytes();
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

    /** Factor and base of sub-block j from {@code 64 * j} on. */
    private static void factors(MemorySegment data, long block, CodeScratch scratch, int start) {
        for (int lane = 0; lane < ROWS; lane += L) {
            long at = block + 4 * lane;
            IntVector v = IntVector.fromMemorySegment(I, data, at, LITTLE_ENDIAN);
            FloatVector d =
                    v.lanewise(LSHL, 16)
                            .lanewise(ASHR, 3)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
            FloatVector m =
                    v.lanewise(ASHR, 3).and(0x8fffe000).reinterpretAsFloats().mul(-0x1p112f);
            for (int pair = 0; pair < 4; pair++) {
                int to = start + 2 * CodeScratch.ROWS * pair + lane;
                IntVector g =
                        IntVector.fromMemorySegment(
                                I, data, at + WORD + pair * PAIR, LITTLE_ENDIAN);
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
    }

    @Override
    public void dot(
            MemorySegment data, long offset, QuantizedRows x, int row, int n, CodeScratch scratch) {
        Arrays.fill(scratch.products, 0);
        int p = row * (x.cols / 2);
        int b = row * (x.cols / 32);
        long end = offset + layout.bytes(n);
        for (; offset < end; offset += layout.stepBytes()) {
            for (int pair = 0; pair < 4; pair++, p += 32, b += 2) {
                long at = offset + WORD + pair * PAIR;
                sum(data, at + WORD, x, p, b, scratch);
                add(data, offset, at, x, b, scratch);
            }
        }
    }

    /**
     * The sums of two sub-blocks; a lane of 16 bits sums every other column. Small methods, because
     * the compiler gives up on vectors in those with too many operations.
     */
    private void sum(
            MemorySegment data, long word, QuantizedRows x, int p, int b, CodeScratch scratch) {
        int[] pairs = x.pairs;
        int step = twoWords;
        IntVector mask = IntVector.broadcast(I, MASK);
        ShortVector s = IntVector.broadcast(I, x.starts[b]).reinterpretAsShorts();
        ShortVector t = s;
        ShortVector u = IntVector.broadcast(I, x.starts[b + 1]).reinterpretAsShorts();
        ShortVector z = u;
        IntVector v;
        IntVector w;
        long end = word + 8 * WORD;
        long ahead = ReadAhead.of(data, end);
        int touched = 0;
        for (; word < end; word += step, p += 4) {
            touched += data.get(JAVA_BYTE, word + ahead);
            touched += data.get(JAVA_BYTE, word + ahead + ReadAhead.STEP);
            touched += data.get(JAVA_BYTE, word + ahead + 2 * ReadAhead.STEP);
            touched += data.get(JAVA_BYTE, word + ahead + 3 * ReadAhead.STEP);
            v = IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN);
            w = IntVector.fromMemorySegment(I, data, word + 4 * L, LITTLE_ENDIAN);
            ShortVector y = IntVector.broadcast(I, pairs[p]).reinterpretAsShorts();
            s = v.and(mask).reinterpretAsShorts().mul(y).add(s);
            t = w.and(mask).reinterpretAsShorts().mul(y).add(t);
            y = IntVector.broadcast(I, pairs[p + 1]).reinterpretAsShorts();
            s = v.lanewise(LSHR, 8).and(mask).reinterpretAsShorts().mul(y).add(s);
            t = w.lanewise(LSHR, 8).and(mask).reinterpretAsShorts().mul(y).add(t);
            y = IntVector.broadcast(I, pairs[p + 16]).reinterpretAsShorts();
            u = v.lanewise(LSHR, 4).and(mask).reinterpretAsShorts().mul(y).add(u);
            z = w.lanewise(LSHR, 4).and(mask).reinterpretAsShorts().mul(y).add(z);
            y = IntVector.broadcast(I, pairs[p + 17]).reinterpretAsShorts();
            u = v.lanewise(LSHR, 12).and(mask).reinterpretAsShorts().mul(y).add(u);
            z = w.lanewise(LSHR, 12).and(mask).reinterpretAsShorts().mul(y).add(z);
            v = IntVector.fromMemorySegment(I, data, word + 1 * WORD, LITTLE_ENDIAN);
            w = IntVector.fromMemorySegment(I, data, word + 4 * L + 1 * WORD, LITTLE_ENDIAN);
            y = IntVector.broadcast(I, pairs[p + 2]).reinterpretAsShorts();
            s = v.and(mask).reinterpretAsShorts().mul(y).add(s);
            t = w.and(mask).reinterpretAsShorts().mul(y).add(t);
            y = IntVector.broadcast(I, pairs[p + 3]).reinterpretAsShorts();
            s = v.lanewise(LSHR, 8).and(mask).reinterpretAsShorts().mul(y).add(s);
            t = w.lanewise(LSHR, 8).and(mask).reinterpretAsShorts().mul(y).add(t);
            y = IntVector.broadcast(I, pairs[p + 18]).reinterpretAsShorts();
            u = v.lanewise(LSHR, 4).and(mask).reinterpretAsShorts().mul(y).add(u);
            z = w.lanewise(LSHR, 4).and(mask).reinterpretAsShorts().mul(y).add(z);
            y = IntVector.broadcast(I, pairs[p + 19]).reinterpretAsShorts();
            u = v.lanewise(LSHR, 12).and(mask).reinterpretAsShorts().mul(y).add(u);
            z = w.lanewise(LSHR, 12).and(mask).reinterpretAsShorts().mul(y).add(z);
        }
        scratch.touched = touched;
        s.reinterpretAsInts().intoArray(scratch.sums, 0);
        t.reinterpretAsInts().intoArray(scratch.sums, L);
        u.reinterpretAsInts().intoArray(scratch.sums, 2 * L);
        z.reinterpretAsInts().intoArray(scratch.sums, 3 * L);
    }

    /** Adds the lanes of each row, scales and adds the sums of two sub-blocks. */
    private static void add(
            MemorySegment data,
            long halves,
            long scales,
            QuantizedRows x,
            int b,
            CodeScratch scratch) {
        for (int side = 0; side < 2; side++, halves += 4 * L, scales += 4 * L) {
            IntVector v = IntVector.fromMemorySegment(I, data, halves, LITTLE_ENDIAN);
            IntVector g = IntVector.fromMemorySegment(I, data, scales, LITTLE_ENDIAN);
            FloatVector d =
                    v.lanewise(LSHL, 16)
                            .lanewise(ASHR, 3)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
            FloatVector m =
                    v.lanewise(ASHR, 3).and(0x8fffe000).reinterpretAsFloats().mul(-0x1p112f);
            FloatVector sum = FloatVector.fromArray(F, scratch.products, side * L);
            for (int j = 0; j < 2; j++) {
                int from = (2 * j + side) * L;
                IntVector w = IntVector.fromArray(I, scratch.sums, from);
                w = w.lanewise(LSHL, 16).lanewise(ASHR, 16).add(w.lanewise(ASHR, 16));
                IntVector c = g.lanewise(LSHR, 16 * j);
                FloatVector f = ((FloatVector) c.and(255).convert(I2F, 0)).mul(d);
                FloatVector base =
                        ((FloatVector) c.lanewise(LSHR, 8).and(255).convert(I2F, 0))
                                .fma(m, f.mul(CENTRE));
                sum = base.fma(FloatVector.broadcast(F, x.totals[b + j]), sum);
                sum =
                        ((FloatVector) w.convert(I2F, 0))
                                .mul(f)
                                .fma(FloatVector.broadcast(F, x.factors[b + j]), sum);
            }
            sum.intoArray(scratch.products, side * L);
        }
    }
}
