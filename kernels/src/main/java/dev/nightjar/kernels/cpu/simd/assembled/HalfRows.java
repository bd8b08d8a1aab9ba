package dev.nightjar.kernels.cpu.simd.assembled;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.nightjar.kernels.cpu.simd.layout.GroupLayout;
import dev.nightjar.kernels.cpu.simd.layout.GroupPacking;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Weights of 16 bits, those of a column side by side, so that a load widens them. */
final class HalfRows implements GroupPacking {

    private static final GroupLayout LAYOUT = GroupLayout.words(2, 1);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    @Override
    public GroupLayout layout() {
        return LAYOUT;
    }

    @Override
    public void pack(Tensor tensor, long first, int count, MemorySegment target, long at) {
        MemorySegment data = tensor.data();
        for (int r = 0; r < count; r++) {
            long from = (first + r) * tensor.rowBytes();
            long end = from + tensor.rowBytes();
            long to = at + 2L * r;
            for (; from < end; from += Short.BYTES, to += GroupLayout.HALF_BYTES) {
                target.set(SHORT, to, data.get(SHORT, from));
            }
        }
    }
}
