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
import jdk.incubator.vector.VectorSpecies;

/** Q4_K as integers, around 8, and whole numbers as scales and minima. */
public final class Q4_KCodes implements NibbleFormat {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int WORD = GroupLayout.WORD_BYTES;

    /** Sub-blocks of a super-block. */
    private static final int BLOCKS = RunPlan.COUNT / CodeScratch.BLOCK;

    /** Bytes of the codes of a sub-block. */
    private static final int CODES = 4 * WORD;

    /** Bytes of two sub-blocks. */
    private static final int PAIR = WORD + 2 * CODES;

    private final GroupLayout layout;

    private final Q4_KSums sums = new Q4_KSums();

    /** {@link #PAIR}, but not a constant to the compiler. */
    private int pairBytes = PAIR;

    /** Of groups in this layout. */
    public Q4_KCodes(GroupLayout layout) {
        this.layout = layout;
    }

    @Override
    public CodeOrder order() {
        return CodeOrder.WORDS;
    }

    @Override
    public int maxAlone() {
        return VectorShapes.BITS == 512 ? 1 : 6;
    }

    @Override
    public boolean hasMinima() {
        return true;
    }

    @Override
    public void unpack(
            MemorySegment data, long first, long second, int count, CodeScratch scratch) {
        for (int k = 0; k < count; k += RunPlan.COUNT) {
            unpack(data, first, k, 0, scratch);
            unpack(data, second, k, 1, scratch);
            first += layout.stepBytes();
            second += layout.stepBytes();
        }
    }

    /** A super-block of a group in the order in which it lies in memory. */
    private static void unpack(
            MemorySegment data, long block, int k, int side, CodeScratch scratch) {
        int half = k / RunPlan.COUNT * CodeScratch.ROWS + side * ROWS;
        Halves.pairsToFloats(data, block, ROWS, scratch.halves, scratch.offsets, half);
        int to = k / CodeScratch.BLOCK * CodeScratch.ROWS + side * ROWS;
        for (int pair = 0; pair < BLOCKS / 2; pair++, k += 64, to += 2 * CodeScratch.ROWS) {
            long at = block + WORD + pair * PAIR;
            scales(data, at, scratch, to, CodeScratch.ROWS);
            NibbleCodes.unpack(data, at + WORD, 2, k, side, scratch);
        }
    }

    /** Scales and minima of two sub-blocks from their word, the second ones {@code step} behind. */
    private static void scales(MemorySegment data, long at, CodeScratch scratch, int to, int step) {
        float[] factors = scratch.factors;
        float[] minima = scratch.minima;
        for (int lane = 0; lane < ROWS; lane += L, at += 4 * L, to += L) {
            IntVector g = IntVector.fromMemorySegment(I, data, at, LITTLE_ENDIAN);
            ((FloatVector) g.and(255).convert(I2F, 0)).intoArray(factors, to);
            ((FloatVector) g.lanewise(LSHR, 8).and(255).convert(I2F, 0)).intoArray(minima, to);
            ((FloatVector) g.lanewise(LSHR, 16).and(255).convert(I2F, 0))
                    .intoArray(factors, to + step);
            ((FloatVector) g.lanewise(LSHR, 24).convert(I2F, 0)).intoArray(minima, to + step);
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
            Halves.pairsToFloats(data, offset, ROWS, scratch.halves, scratch.offsets, 0);
            for (int j = 0; j < BLOCKS; j++, code += 16 * size) {
                long pair = offset + WORD + j / 2 * PAIR;
                if (j % 2 == 0) {
                    scales(data, pair, scratch, j * ROWS, ROWS);
                }
                long words = pair + WORD + j % 2 * CODES;
                NibbleCodeTiles.block(size, data, words, x, code, scale + j * size, scratch, j);
            }
            for (int t = 0; t < size; t++) {
                NibbleCodeTiles.addWithMinima(scratch, x, scale + t, size, t, sums, at + t * ROWS);
            }
            scale += BLOCKS * size;
        }
    }

    @Override
    public int maxTogether() {
        return 2;
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
        int rowBlocks = x.cols / CodeScratch.BLOCK;
        int b = row * rowBlocks;
        for (int left = n / RunPlan.COUNT; left > 0; left -= CodeScratch.TOGETHER) {
            int count = Math.min(CodeScratch.TOGETHER, left);
            if (rows == 1) {
                sums.one(data, offset + WORD, count, x, b, scratch);
            } else {
                sums.two(data, offset + WORD, count, x, b, scratch);
            }
            for (int i = 0; i < count; i++) {
                long at = offset + i * layout.stepBytes();
                Halves.pairsToFloats(data, at, ROWS, scratch.halves, scratch.offsets, i * ROWS);
            }
            for (int t = 0; t < rows; t++) {
                add(data, offset, count, x, b + t * rowBlocks, scratch, t);
            }
            offset += count * layout.stepBytes();
            b += count * BLOCKS;
        }
    }

    /** Scales and adds the sums of the sub-blocks of some super-blocks. */
    private void add(
            MemorySegment data,
            long at,
            int count,
            QuantizedRows x,
            int b,
            CodeScratch scratch,
            int row) {
        int[] products = scratch.sums;
        int[] centres = x.centres;
        float[] totals = x.totals;
        float[] scales = x.factors;
        int step = pairBytes;
        int start = row * Q4_KSums.ROW - b * ROWS;
        int to = row * ROWS;
        FloatVector s0 = FloatVector.fromArray(F, scratch.products, to);
        FloatVector s1 = FloatVector.fromArray(F, scratch.products, to + L);
        for (int i = 0; i < count; i++) {
            at += WORD;
            long end = at + 4 * PAIR;
            FloatVector t0 = FloatVector.zero(F);
            FloatVector m0 = t0;
            FloatVector t1 = t0;
            FloatVector m1 = t0;
            for (; at < end; at += step, b += 2) {
                IntVector g = IntVector.fromMemorySegment(I, data, at, LITTLE_ENDIAN);
                IntVector h = IntVector.fromMemorySegment(I, data, at + 4 * L, LITTLE_ENDIAN);
                int from = start + b * ROWS;
                IntVector c = IntVector.broadcast(I, centres[b]);
                FloatVector dx = FloatVector.broadcast(F, scales[b]);
                FloatVector sx = FloatVector.broadcast(F, totals[b]);
                IntVector p = IntVector.fromArray(I, products, from);
                p = p.lanewise(LSHL, 16).add(p).lanewise(ASHR, 16).add(c).mul(g.and(255));
                t0 = ((FloatVector) p.convert(I2F, 0)).fma(dx, t0);
                p = IntVector.fromArray(I, products, from + L);
                p = p.lanewise(LSHL, 16).add(p).lanewise(ASHR, 16).add(c).mul(h.and(255));
                t1 = ((FloatVector) p.convert(I2F, 0)).fma(dx, t1);
                m0 = ((FloatVector) g.lanewise(LSHR, 8).and(255).convert(I2F, 0)).fma(sx, m0);
                m1 = ((FloatVector) h.lanewise(LSHR, 8).and(255).convert(I2F, 0)).fma(sx, m1);
                c = IntVector.broadcast(I, centres[b + 1]);
                dx = FloatVector.broadcast(F, scales[b + 1]);
                sx = FloatVector.broadcast(F, totals[b + 1]);
                p = IntVector.fromArray(I, products, from + ROWS);
                p =
                        p.lanewise(LSHL, 16)
                                .add(p)
                                .lanewise(ASHR, 16)
                                .add(c)
                                .mul(g.lanewise(LSHR, 16).and(255));
                t0 = ((FloatVector) p.convert(I2F, 0)).fma(dx, t0);
                p = IntVector.fromArray(I, products, from + ROWS + L);
                p =
                        p.lanewise(LSHL, 16)
                                .add(p)
                                .lanewise(ASHR, 16)
                                .add(c)
                                .mul(h.lanewise(LSHR, 16).and(255));
                t1 = ((FloatVector) p.convert(I2F, 0)).fma(dx, t1);
                m0 = ((FloatVector) g.lanewise(LSHR, 24).convert(I2F, 0)).fma(sx, m0);
                m1 = ((FloatVector) h.lanewise(LSHR, 24).convert(I2F, 0)).fma(sx, m1);
            }
            s0 = m0.fma(FloatVector.fromArray(F, scratch.offsets, i * ROWS).neg(), s0);
            s0 = t0.fma(FloatVector.fromArray(F, scratch.halves, i * ROWS), s0);
            s1 = m1.fma(FloatVector.fromArray(F, scratch.offsets, i * ROWS + L).neg(), s1);
            s1 = t1.fma(FloatVector.fromArray(F, scratch.halves, i * ROWS + L), s1);
        }
        s0.intoArray(scratch.products, to);
        s1.intoArray(scratch.products, to + L);
    }
}
