package dev.nightjar.kernels.cpu.simd.group;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Q8_0 on narrow vectors, which take as long to widen bytes as to multiply them: a half as scale,
 * then words of four columns, each the sum of its codes times powers of 256, the first column above
 * all others. A word is shifted until the code of a column is its upper byte, and what is below
 * that byte stays: {@link WordFactors} take it away from the next product. So four columns are one
 * load, three shifts and four conversions.
 *
 * <pre>{@code
 * w[k] = float(word << 8 (k mod 4)) * (scale * 2^-24)
 * sum = fma(w[k], factor[k], sum)
 * }</pre>
 *
 * A code of -128 above a negative rest would leave 32 bits; slabs with that code lie in a {@link
 * Q8_0Group}.
 */
public final class Q8_0Words implements GroupFormat, FusedTiles {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Short> S = VectorShapes.SHORTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final GroupLayout LAYOUT = new GroupLayout(32, 34, 0, 2, 8);
    private static final Optional<GroupFormat> OTHERWISE = Optional.of(new Q8_0Group());
    private static final long LEAST = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    /**
     * For a half whose exponent and mantissa are moved to their places, which leaves an exponent
     * that is 112 too small: its value times 2^-24.
     */
    static final float SCALE = 0x1p88f;

    /** For more rows of activations, a panel is faster. */
    public static final int FUSED_ROWS = 16;

    /** Rows of the largest tile of those. */
    public static final int LARGEST = 8;

    private int blockStep = LAYOUT.stepBytes();

    @Override
    public GroupLayout layout() {
        return LAYOUT;
    }

    @Override
    public boolean takesFactors() {
        return true;
    }

    @Override
    public Optional<GroupFormat> otherwise() {
        return OTHERWISE;
    }

    @Override
    public boolean holds(Tensor tensor, long first, int count) {
        MemorySegment data = tensor.data();
        long end = (first + count) * tensor.rowBytes();
        for (long block = first * tensor.rowBytes(); block < end; block += 34) {
            long found = 0;
            for (int i = 2; i < 34; i += 8) {
                long codes = data.get(LONG, block + i) ^ LEAST; // zero where a code is -128
                found |= codes - ONES & ~codes & LEAST;
            }
            if (found != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void pack(Tensor tensor, long first, int count, MemorySegment target, long at) {
        for (int r = 0; r < count; r++) {
            long end = (first + r + 1) * tensor.rowBytes();
            long to = at;
            for (long block = (first + r) * tensor.rowBytes(); block < end; block += 34) {
                packBlock(tensor.data(), block, target, to, r);
                to += LAYOUT.stepBytes();
            }
        }
    }

    private static void packBlock(
            MemorySegment data, long block, MemorySegment target, long to, int r) {
        target.set(SHORT, to + 2 * r, data.get(SHORT, block));
        to += GroupLayout.HALF_BYTES + 4 * r;
        for (int i = 2; i < 34; i += 4, to += GroupLayout.WORD_BYTES) {
            int codes = data.get(INT, block + i);
            int lower = ((byte) (codes >> 16) << 8) + (codes >> 24);
            target.set(INT, to, ((byte) codes << 24) + ((byte) (codes >> 8) << 16) + lower);
        }
    }

    @Override
    public void unpack(MemorySegment data, long offset, int count, GroupScratch scratch) {
        MemorySegment panel = scratch.panel;
        int blockBytes = blockStep;
        int step = scratch.wordStep;
        long to = 0;
        long end = offset + LAYOUT.bytes(count);
        for (long block = offset; block < end; block += blockBytes) {
            FloatVector d =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, block, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(SCALE);
            FloatVector e =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(
                                                    S, data, block + 2 * L, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(SCALE);
            long word = block + GroupLayout.HALF_BYTES;
            long last = block + LAYOUT.stepBytes();
            for (; word < last; word += step, to += 4 * GroupLayout.WORD_BYTES) {
                IntVector v = IntVector.fromMemorySegment(I, data, word, LITTLE_ENDIAN);
                IntVector w = IntVector.fromMemorySegment(I, data, word + 4 * L, LITTLE_ENDIAN);
                long column = to;
                ((FloatVector) v.convert(I2F, 0))
                        .mul(d)
                        .intoMemorySegment(panel, column, LITTLE_ENDIAN);
                ((FloatVector) w.convert(I2F, 0))
                        .mul(e)
                        .intoMemorySegment(panel, column + 4 * L, LITTLE_ENDIAN);
                column += GroupLayout.WORD_BYTES;
                v = v.lanewise(LSHL, 8);
                w = w.lanewise(LSHL, 8);
                ((FloatVector) v.convert(I2F, 0))
                        .mul(d)
                        .intoMemorySegment(panel, column, LITTLE_ENDIAN);
                ((FloatVector) w.convert(I2F, 0))
                        .mul(e)
                        .intoMemorySegment(panel, column + 4 * L, LITTLE_ENDIAN);
                column += GroupLayout.WORD_BYTES;
                v = v.lanewise(LSHL, 8);
                w = w.lanewise(LSHL, 8);
                ((FloatVector) v.convert(I2F, 0))
                        .mul(d)
                        .intoMemorySegment(panel, column, LITTLE_ENDIAN);
                ((FloatVector) w.convert(I2F, 0))
                        .mul(e)
                        .intoMemorySegment(panel, column + 4 * L, LITTLE_ENDIAN);
                column += GroupLayout.WORD_BYTES;
                v = v.lanewise(LSHL, 8);
                w = w.lanewise(LSHL, 8);
                ((FloatVector) v.convert(I2F, 0))
                        .mul(d)
                        .intoMemorySegment(panel, column, LITTLE_ENDIAN);
                ((FloatVector) w.convert(I2F, 0))
                        .mul(e)
                        .intoMemorySegment(panel, column + 4 * L, LITTLE_ENDIAN);
            }
        }
    }

    /** Both groups at once: two sums per vector would wait for each other. */
    @Override
    public void dot(
            MemorySegment data,
            long first,
            long second,
            float[] x,
            int xStart,
            int n,
            GroupScratch scratch) {
        FloatVector a = FloatVector.zero(F);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector y;
        int blockBytes = blockStep;
        int step = scratch.wordStep;
        int k = xStart;
        long end = first + LAYOUT.bytes(n);
        long distance = second - first;
        for (long block = first; block < end; block += blockBytes) {
            FloatVector f =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(S, data, block, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(SCALE);
            FloatVector g =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(
                                                    S, data, block + 2 * L, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(SCALE);
            FloatVector h =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(
                                                    S, data, block + distance, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(SCALE);
            FloatVector i =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(
                                                    S,
                                                    data,
                                                    block + distance + 2 * L,
                                                    LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(SCALE);
            long one = block + GroupLayout.HALF_BYTES;
            long last = block + LAYOUT.stepBytes();
            for (; one < last; one += step, k += 4) {
                long two = one + distance;
                IntVector p = IntVector.fromMemorySegment(I, data, one, LITTLE_ENDIAN);
                IntVector q = IntVector.fromMemorySegment(I, data, one + 4 * L, LITTLE_ENDIAN);
                IntVector r = IntVector.fromMemorySegment(I, data, two, LITTLE_ENDIAN);
                IntVector s = IntVector.fromMemorySegment(I, data, two + 4 * L, LITTLE_ENDIAN);
                y = FloatVector.broadcast(F, x[k]);
                a = ((FloatVector) p.convert(I2F, 0)).mul(f).fma(y, a);
                b = ((FloatVector) q.convert(I2F, 0)).mul(g).fma(y, b);
                c = ((FloatVector) r.convert(I2F, 0)).mul(h).fma(y, c);
                d = ((FloatVector) s.convert(I2F, 0)).mul(i).fma(y, d);
                y = FloatVector.broadcast(F, x[k + 1]);
                a = ((FloatVector) p.lanewise(LSHL, 8).convert(I2F, 0)).mul(f).fma(y, a);
                b = ((FloatVector) q.lanewise(LSHL, 8).convert(I2F, 0)).mul(g).fma(y, b);
                c = ((FloatVector) r.lanewise(LSHL, 8).convert(I2F, 0)).mul(h).fma(y, c);
                d = ((FloatVector) s.lanewise(LSHL, 8).convert(I2F, 0)).mul(i).fma(y, d);
                y = FloatVector.broadcast(F, x[k + 2]);
                a = ((FloatVector) p.lanewise(LSHL, 16).convert(I2F, 0)).mul(f).fma(y, a);
                b = ((FloatVector) q.lanewise(LSHL, 16).convert(I2F, 0)).mul(g).fma(y, b);
                c = ((FloatVector) r.lanewise(LSHL, 16).convert(I2F, 0)).mul(h).fma(y, c);
                d = ((FloatVector) s.lanewise(LSHL, 16).convert(I2F, 0)).mul(i).fma(y, d);
                y = FloatVector.broadcast(F, x[k + 3]);
                a = ((FloatVector) p.lanewise(LSHL, 24).convert(I2F, 0)).mul(f).fma(y, a);
                b = ((FloatVector) q.lanewise(LSHL, 24).convert(I2F, 0)).mul(g).fma(y, b);
                c = ((FloatVector) r.lanewise(LSHL, 24).convert(I2F, 0)).mul(h).fma(y, c);
                d = ((FloatVector) s.lanewise(LSHL, 24).convert(I2F, 0)).mul(i).fma(y, d);
            }
        }
        a.intoArray(scratch.sums, 0);
        b.intoArray(scratch.sums, L);
        c.intoArray(scratch.sums, 2 * L);
        d.intoArray(scratch.sums, 3 * L);
    }

    @Override
    public int maxAlone() {
        return 2;
    }

    @Override
    public int maxRows() {
        return FUSED_ROWS;
    }

    @Override
    public void tile(
            int size,
            MemorySegment data,
            long offset,
            float[] x,
            int xStart,
            int n,
            GroupScratch scratch,
            float[] sums,
            int at) {
        long end = offset + LAYOUT.bytes(n);
        if (size == 4) {
            Q8_0WordTiles.tile4(data, offset, x, xStart, end, scratch, sums, at);
            return;
        }
        for (int lane = 0; lane < ROWS; lane += L) {
            Q8_0WordTiles.tile8(data, offset, x, xStart, end, scratch, sums, at, lane);
        }
    }
}
