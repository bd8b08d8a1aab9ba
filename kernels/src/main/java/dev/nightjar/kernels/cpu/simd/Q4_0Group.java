package dev.nightjar.kernels.cpu.simd;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/** A half as scale, then four words of nibbles around 8: the lower ones, then the upper ones. */
final class Q4_0Group implements GroupFormat {

    private static final VectorSpecies<Integer> I = VectorShapes.INTS;
    private static final VectorSpecies<Short> S = VectorShapes.SHORTS;
    private static final int L = VectorShapes.LANES;
    private static final int ROWS = GroupLayout.ROWS;
    private static final GroupLayout LAYOUT = new GroupLayout(32, 18, 0, 2, 4);

    @Override
    public GroupLayout layout() {
        return LAYOUT;
    }

    @Override
    public void unpack(
            MemorySegment data, long offset, int count, float[] panel, GroupScratch scratch) {
        for (int k = 0; k < count; k += 32, offset += LAYOUT.stepBytes()) {
            scales(data, offset, scratch.scales);
            long word = offset + GroupLayout.HALF_BYTES;
            for (int at = 0; at < 32; at += 16) {
                NibbleRuns.unpack(data, word, at / 4, scratch, 0, panel, (k + at) * ROWS);
            }
        }
    }

    @Override
    public void dot(
            MemorySegment data, long offset, float[] x, int xStart, int n, GroupScratch scratch) {
        Arrays.fill(scratch.sums, 0);
        for (int k = 0; k < n; k += 32, offset += LAYOUT.stepBytes()) {
            scales(data, offset, scratch.scales);
            long word = offset + GroupLayout.HALF_BYTES;
            for (int at = 0; at < 32; at += 16) {
                NibbleRuns.dot(data, word, at / 4, scratch, 0, x, xStart + k + at, scratch.sums);
            }
        }
    }

    private static void scales(MemorySegment data, long block, float[] scales) {
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
            d.intoArray(scales, lane);
            d.mul(-8).intoArray(scales, ROWS + lane);
        }
    }
}
