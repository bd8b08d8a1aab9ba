package dev.nightjar.kernels.cpu.simd.assembled;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.GroupPacking;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Q8_0 with 128 added to each code: products of bytes take unsigned ones. */
final class UnsignedBytes implements GroupPacking {

    static final GroupLayout LAYOUT = new GroupLayout(32, 34, 0, 2, 8);

    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final int SIGNS = 0x80808080;

    @Override
    public GroupLayout layout() {
        return LAYOUT;
    }

    @Override
    public void pack(Tensor tensor, long first, int count, MemorySegment target, long at) {
        LAYOUT.pack(tensor, first, count, target, at);
        long blocks = tensor.rowBytes() / LAYOUT.blockBytes();
        for (long block = 0; block < blocks; block++) {
            long end = at + LAYOUT.stepBytes();
            for (long i = at + GroupLayout.HALF_BYTES; i < end; i += Integer.BYTES) {
                target.set(INT, i, target.get(INT, i) ^ SIGNS);
            }
            at = end;
        }
    }
}
