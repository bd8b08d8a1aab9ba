package dev.nightjar.kernels.cpu.simd.group;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import dev.nightjar.kernels.cpu.simd.code.CodeFormat;
import dev.nightjar.kernels.cpu.simd.code.CodeOrder;
import dev.nightjar.kernels.cpu.simd.code.Q6_KCodes;
import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.Q6_KBlock;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import dev.nightjar.kernels.cpu.simd.layout.SixBitQuads;
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
 * and for each run three words of {@link SixBitQuads}. So a lane of 16 bits has codes of one half
 * of a run only, and all are multiplied without masks ({@link CodeOrder#SIXES}), and everything is
 * read in one ascending stream.
 */
public final class Q6_KGroup implements GroupFormat {

    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Short> S = VectorShapes.SHORTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final int WORD = GroupLayout.WORD_BYTES;
    private static final GroupLayout LAYOUT = Q6_KBlock.LAYOUT;

    /** Bytes of 64 weights with their scales. */
    private static final int CHUNK = 13 * WORD;

    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final Optional<CodeFormat> CODES = Optional.of(new Q6_KCodes(LAYOUT));

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
                target.set(SHORT, to + 2 * r, Q6_KBlock.half(data, block));
                packBlock(data, block, target, to + GroupLayout.HALF_BYTES + 4 * r);
            }
        }
    }

    private static void packBlock(MemorySegment data, long block, MemorySegment target, long to) {
        for (int chunk = 0; chunk < 4; chunk++, to += CHUNK) {
            target.set(INT, to, Q6_KBlock.scales(data, block, chunk));
            for (int c = 0; c < 4; c++) {
                int column = 64 * chunk + 16 * c;
                long first = dense(Q6_KBlock.codes(data, block, column));
                long second = dense(Q6_KBlock.codes(data, block, column + 8));
                long word = to + (1 + 3 * c) * WORD;
                target.set(INT, word, (int) (first & 0xffff | second << 16));
                target.set(INT, word + WORD, (int) (first >>> 16 & 0xffff | second & 0xffff0000L));
                target.set(INT, word + 2 * WORD, (int) (first >>> 32 | second >>> 32 << 16));
            }
        }
    }

    /** Eight codes in 48 bits. */
    private static long dense(long bits) {
        bits = bits & 0x003f003f003f003fL | bits >>> 2 & 0x0fc00fc00fc00fc0L;
        bits = bits & 0x00000fff00000fffL | bits >>> 4 & 0x00fff00000fff000L;
        return bits & 0x0000000000ffffffL | bits >>> 8 & 0x0000ffffff000000L;
    }

    @Override
    public GroupLayout layout() {
        return LAYOUT;
    }

    @Override
    public void unpack(MemorySegment data, long offset, int count, GroupScratch scratch) {
        for (int k = 0; k < count; k += RunPlan.COUNT, offset += LAYOUT.stepBytes()) {
            scales(data, offset, scratch.scales, 0);
            SixBitRuns.unpack(data, offset + GroupLayout.HALF_BYTES, scratch, k * ROWS);
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
            SixBitRuns.dot(data, first + GroupLayout.HALF_BYTES, scratch, 0, x, xStart + k);
            if (second != first) {
                SixBitRuns.dot(data, second + GroupLayout.HALF_BYTES, scratch, 1, x, xStart + k);
            }
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
                    int to = start + (4 * chunk + i) * 2 * ROWS + lane;
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
}
