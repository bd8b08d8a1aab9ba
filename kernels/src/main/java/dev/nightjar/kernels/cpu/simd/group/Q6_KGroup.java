package dev.nightjar.kernels.cpu.simd.group;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import dev.nightjar.kernels.cpu.simd.code.CodeFormat;
import dev.nightjar.kernels.cpu.simd.code.Q6_KCodes;
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
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A half as scale, then four chunks of 64 weights: a word with the four scales of their runs of 16,
 * and four times a word of nibbles of the first and third run, one of the second and fourth, and
 * one with the upper bits of all. So everything is read in one ascending stream.
 */
public final class Q6_KGroup implements GroupFormat, FusedTiles {

    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Short> S = VectorShapes.SHORTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int WORD = GroupLayout.WORD_BYTES;
    private static final GroupLayout LAYOUT = new GroupLayout(256, 210, 208, 0, 52);

    /** Bytes of 64 weights with their scales. */
    private static final int CHUNK = 13 * WORD;

    private static final int ALL = RunPlan.COUNT / RunPlan.RUN;
    private static final RunPlan PLAN =
            RunPlan.high(
                    RunPlan.nibbles(
                            run -> words(run) + run / 2 % 2 * WORD,
                            run -> run / 4 % 2 * 4,
                            run -> run * 2 * ROWS),
                    run -> words(run) + 2 * WORD,
                    run -> run / 2 % 4 * 2,
                    0x03030303,
                    3 * WORD);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final Optional<CodeFormat> CODES = Optional.of(new Q6_KCodes(LAYOUT));

    /** Where the words of the chunk are that a run lies in. */
    private static int words(int run) {
        return GroupLayout.HALF_BYTES + (run / 8 * 2 + run % 2) * CHUNK + WORD;
    }

    @Override
    public Optional<CodeFormat> codes() {
        return CODES;
    }

    @Override
    public void pack(Tensor tensor, long first, int count, MemorySegment target, long at) {
        for (int r = 0; r < count; r++) {
            long row = (first + r) * tensor.rowBytes();
            long end = row + tensor.rowBytes();
            long to = at;
            for (long block = row; block < end; block += 210, to += LAYOUT.stepBytes()) {
                MemorySegment data = tensor.data();
                target.set(SHORT, to + 2 * r, data.get(SHORT, block + 208));
                packBlock(data, block, target, to + GroupLayout.HALF_BYTES + 4 * r);
            }
        }
    }

    private static void packBlock(MemorySegment data, long block, MemorySegment target, long to) {
        for (int chunk = 0; chunk < 4; chunk++) {
            long scales = block + 192 + chunk / 2 * 8 + chunk % 2;
            int word = 0;
            for (int i = 3; i >= 0; i--) {
                word = word << 8 | data.get(ValueLayout.JAVA_BYTE, scales + 2 * i) & 255;
            }
            target.set(INT, to, word);
            to += WORD;
            long low = block + chunk / 2 * 64 + chunk % 2 * 16;
            long high = block + 128 + chunk / 2 * 32 + chunk % 2 * 16;
            for (int i = 0; i < 16; i += 4, to += 3 * WORD) {
                target.set(INT, to, data.get(INT, low + i));
                target.set(INT, to + WORD, data.get(INT, low + 32 + i));
                target.set(INT, to + 2 * WORD, data.get(INT, high + i));
            }
        }
    }

    @Override
    public GroupLayout layout() {
        return LAYOUT;
    }

    @Override
    public void unpack(MemorySegment data, long offset, int count, GroupScratch scratch) {
        for (int k = 0; k < count; k += RunPlan.COUNT, offset += LAYOUT.stepBytes()) {
            scales(data, offset, scratch.scales, 0);
            HighNibbleRuns.unpack(data, offset, PLAN, ALL, scratch, k * ROWS);
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
            HighNibbleRuns.dot(data, first, second, PLAN, ALL, scratch, x, xStart + k);
            first += LAYOUT.stepBytes();
            second += LAYOUT.stepBytes();
        }
    }

    /** Factor and offset of run j from {@code 64 * j} on. */
    private static void scales(MemorySegment data, long block, float[] scales, int start) {
        for (int lane = 0; lane < ROWS; lane += L) {
            FloatVector d =
                    ((IntVector)
                                    ShortVector.fromMemorySegment(
                                                    S, data, block + 2 * lane, LITTLE_ENDIAN)
                                            .convertShape(S2I, I, 0))
                            .lanewise(LSHL, 13)
                            .and(0x8fffe000)
                            .reinterpretAsFloats()
                            .mul(0x1p112f);
            for (int chunk = 0; chunk < 4; chunk++) {
                long at = block + GroupLayout.HALF_BYTES + chunk * CHUNK + 4 * lane;
                IntVector v = IntVector.fromMemorySegment(I, data, at, LITTLE_ENDIAN);
                for (int i = 0; i < 4; i++) {
                    int to = start + (chunk / 2 * 8 + 2 * i + chunk % 2) * 2 * ROWS + lane;
                    FloatVector scale =
                            ((FloatVector)
                                            v.lanewise(LSHL, 24 - 8 * i)
                                                    .lanewise(ASHR, 24)
                                                    .convert(I2F, 0))
                                    .mul(d);
                    scale.intoArray(scales, to);
                    scale.mul(-32).intoArray(scales, to + ROWS);
                }
            }
        }
    }

    @Override
    public int maxRows() {
        return 4;
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
            HighNibbleTiles.tile(data, offset, PLAN, ALL, scratch, x, from, sums, at);
        }
    }
}
