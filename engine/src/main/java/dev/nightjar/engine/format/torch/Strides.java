package dev.nightjar.engine.format.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/** Tensors whose rows do not stand one behind the other. */
final class Strides {
    private static final int ALIGNMENT = 64;

    private Strides() {}

    /** Whether elements stand in row-major order without gaps. */
    static boolean isContiguous(long[] size, long[] stride) {
        long expected = 1;
        for (int i = size.length - 1; i >= 0; i--) {
            if (size[i] != 1 && stride[i] != expected) {
                return isEmpty(size);
            }
            expected *= size[i];
        }
        return true;
    }

    private static boolean isEmpty(long[] size) {
        for (long dim : size) {
            if (dim == 0) {
                return true;
            }
        }
        return false;
    }

    /** The elements in row-major order; all of them were checked to lie in {@code data}. */
    static MemorySegment copy(
            MemorySegment data,
            long offset,
            long[] size,
            long[] stride,
            int width,
            SegmentAllocator memory) {
        long numElements = 1;
        for (long dim : size) {
            numElements *= dim;
        }
        MemorySegment target = memory.allocate(numElements * width, ALIGNMENT);
        long[] index = new long[size.length];
        long at = offset;
        for (long i = 0; i < numElements; i++) {
            MemorySegment.copy(data, at * width, target, i * width, width);
            for (int axis = size.length - 1; axis >= 0; axis--) {
                at += stride[axis];
                if (++index[axis] < size[axis]) {
                    break;
                }
                at -= stride[axis] * size[axis];
                index[axis] = 0;
            }
        }
        return target;
    }
}
