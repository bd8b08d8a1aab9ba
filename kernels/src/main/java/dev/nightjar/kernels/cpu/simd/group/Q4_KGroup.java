package dev.nightjar.kernels.cpu.simd.group;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nightjar.kernels.cpu.simd.code.CodeFormat;
import dev.nightjar.kernels.cpu.simd.code.Q4_KCodes;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A word with the halves of scales and minima, then four times: a word with the bytes of scale and
 * minimum of one sub-block and of the next, and four words of each, whose lower nibbles are the
 * first 16 columns and whose upper ones are the others. Scale codes are spread from 6 bits to
 * bytes, 3 % more memory, so that they are decoded on the way instead of before it: a pause in
 * reading is never made up for. The format has one sub-block in lower nibbles and the next in upper
 * ones; apart, an int of nibbles is multiplied without masks ({@link
 * dev.nightjar.kernels.cpu.simd.code.CodeOrder}).
 */
public final class Q4_KGroup implements GroupFormat, FusedTiles {

    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int WORD = GroupLayout.WORD_BYTES;
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final int NIBBLES = 0x0f0f0f0f;
    private static final GroupLayout LAYOUT = new GroupLayout(256, 144, -1, 0, 37);

    /** Bytes of two sub-blocks. */
    private static final int PAIR = 9 * WORD;

    private static final Optional<CodeFormat> CODES = Optional.of(new Q4_KCodes(LAYOUT));
    private static final int ALL = RunPlan.COUNT / RunPlan.RUN;
    private static final RunPlan PLAN =
            RunPlan.nibbles(
                    run -> 2 * WORD + run / 4 * PAIR + run / 2 % 2 * 4 * WORD,
                    run -> run % 2 * 4,
                    run -> run / 2 * 2 * ROWS);

    @Override
    public GroupLayout layout() {
        return LAYOUT;
    }

    @Override
    public Optional<CodeFormat> codes() {
        return CODES;
    }

    @Override
    public void pack(Tensor tensor, long first, int count, MemorySegment target, long at) {
        for (int r = 0; r < count; r++) {
            long row = (first + r) * tensor.rowBytes();
            long to = at + 4 * r;
            long end = row + tensor.rowBytes();
            for (long block = row; block < end; block += 144, to += LAYOUT.stepBytes()) {
                packBlock(tensor.data(), block, target, to);
            }
        }
    }

    private static void packBlock(MemorySegment data, long block, MemorySegment target, long to) {
        target.set(INT, to, data.get(INT, block));
        int a = data.get(INT, block + 4);
        int b = data.get(INT, block + 8);
        int c = data.get(INT, block + 12);
        int scales = c & 0x0f0f0f0f | a >>> 2 & 0x30303030;
        int minima = c >>> 4 & 0x0f0f0f0f | b >>> 2 & 0x30303030;
        target.set(INT, to + WORD, spread(a, b, 0));
        target.set(INT, to + WORD + PAIR, spread(a, b, 16));
        target.set(INT, to + WORD + 2 * PAIR, spread(scales, minima, 0));
        target.set(INT, to + WORD + 3 * PAIR, spread(scales, minima, 16));
        for (int pair = 0; pair < 4; pair++) {
            long word = to + 2 * WORD + pair * PAIR;
            for (int i = 0; i < 4; i++, word += WORD) {
                int first = data.get(INT, block + 16 + 32 * pair + 4 * i);
                int last = data.get(INT, block + 32 + 32 * pair + 4 * i);
                target.set(INT, word, first & NIBBLES | (last & NIBBLES) << 4);
                target.set(INT, word + 4 * WORD, first >>> 4 & NIBBLES | last & ~NIBBLES);
            }
        }
    }

    /** Two scales and two minima in turns. */
    private static int spread(int scales, int minima, int shift) {
        int s = scales >>> shift & 0x3f3f;
        int m = minima >>> shift & 0x3f3f;
        return s & 255 | (m & 255) << 8 | s >>> 8 << 16 | m >>> 8 << 24;
    }

    @Override
    public void unpack(MemorySegment data, long offset, int count, GroupScratch scratch) {
        for (int k = 0; k < count; k += RunPlan.COUNT, offset += LAYOUT.stepBytes()) {
            scales(data, offset, scratch.scales, 0);
            NibbleRuns.unpack(data, offset, PLAN, ALL, scratch, k * ROWS);
        }
    }

    @Override
    public void dot(
            MemorySegment data,
            long first,
            long second,
            float[] x,
            int xStart,
            int n,
            GroupScratch scratch) {
        Arrays.fill(scratch.sums, 0);
        for (int k = 0; k < n; k += RunPlan.COUNT) {
            scales(data, first, scratch.scales, 0);
            scales(data, second, scratch.scales, GroupScratch.SCALES);
            NibbleRuns.dot(data, first, second, PLAN, ALL, scratch, x, xStart + k);
            first += LAYOUT.stepBytes();
            second += LAYOUT.stepBytes();
        }
    }

    /** Factor and offset of sub-block j from {@code 64 * j} on. */
    private static void scales(MemorySegment data, long block, float[] scales, int start) {
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
                int to = start + 4 * ROWS * pair + lane;
                IntVector w =
                        IntVector.fromMemorySegment(
                                I, data, at + WORD + pair * PAIR, LITTLE_ENDIAN);
                ((FloatVector) w.and(255).convert(I2F, 0)).mul(d).intoArray(scales, to);
                ((FloatVector) w.lanewise(LSHR, 8).and(255).convert(I2F, 0))
                        .mul(m)
                        .intoArray(scales, to + ROWS);
                ((FloatVector) w.lanewise(LSHR, 16).and(255).convert(I2F, 0))
                        .mul(d)
                        .intoArray(scales, to + 2 * ROWS);
                ((FloatVector) w.lanewise(LSHR, 24).convert(I2F, 0))
                        .mul(m)
                        .intoArray(scales, to + 3 * ROWS);
            }
        }
    }

    @Override
    public int maxRows() {
        return MAX_ROWS;
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
        for (int k = 0; k < n; k += RunPlan.COUNT, offset += LAYOUT.stepBytes()) {
            scales(data, offset, scratch.scales, 0);
            int from = xStart + k * size;
            NibbleTiles.tile(size, data, offset, PLAN, ALL, scratch, x, from, sums, at);
        }
    }
}
