package dev.nightjar.kernels.cpu.simd.assembled;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.GroupPacking;
import dev.nightjar.kernels.cpu.simd.layout.Q6_KBlock;
import dev.nightjar.kernels.cpu.simd.layout.RunPlan;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Q6_K for functions that multiply bytes: halves, then four times a word with the scales of four
 * runs of 16 and three words of each run. The lower six bits of their bytes are codes in the order
 * of {@link TileForm#SIXES}; the upper two are those of the last four codes, the highest ones in
 * the first word.
 */
final class Q6_KRows implements GroupPacking {

    static final int WORD = GroupLayout.WORD_BYTES;

    /** Bytes of the words of a run. */
    static final int RUN = 3 * WORD;

    /** Bytes of four runs with their scales. */
    static final int CHUNK = WORD + 4 * RUN;

    static final int CHUNKS = 4;

    private static final int CHUNK_COLS = RunPlan.COUNT / CHUNKS;
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    @Override
    public GroupLayout layout() {
        return Q6_KBlock.LAYOUT;
    }

    @Override
    public void pack(Tensor tensor, long first, int count, MemorySegment target, long at) {
        GroupLayout layout = layout();
        for (int r = 0; r < count; r++) {
            long block = (first + r) * tensor.rowBytes();
            long end = block + tensor.rowBytes();
            long to = at;
            for (; block < end; block += layout.blockBytes(), to += layout.stepBytes()) {
                target.set(SHORT, to + 2 * r, Q6_KBlock.half(tensor.data(), block));
                pack(tensor.data(), block, target, to + GroupLayout.HALF_BYTES + 4 * r);
            }
        }
    }

    private static void pack(MemorySegment data, long block, MemorySegment target, long to) {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            target.set(INT, to, Q6_KBlock.scales(data, block, chunk));
            to += WORD;
            int end = (chunk + 1) * CHUNK_COLS;
            for (int k = chunk * CHUNK_COLS; k < end; k += RunPlan.RUN, to += RUN) {
                long lower = Q6_KBlock.codes(data, block, k);
                long upper = Q6_KBlock.codes(data, block, k + RunPlan.RUN / 2);
                int last = quad(lower, upper, 3);
                target.set(INT, to, quad(lower, upper, 0) | (last & 0x30303030) << 2);
                target.set(INT, to + WORD, quad(lower, upper, 1) | (last & 0x0c0c0c0c) << 4);
                target.set(INT, to + 2 * WORD, quad(lower, upper, 2) | (last & 0x03030303) << 6);
            }
        }
    }

    /** Two codes of either half of a run. */
    private static int quad(long lower, long upper, int index) {
        return (int) (lower >>> 16 * index & 0xffff | (upper >>> 16 * index & 0xffff) << 16);
    }
}
