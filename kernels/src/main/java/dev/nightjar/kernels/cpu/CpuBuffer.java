package dev.nightjar.kernels.cpu;

import dev.nightjar.kernels.backend.DeviceBuffer;
import java.util.Objects;

/**
 * A heap array: with {@code int} indices the compiler removes all bounds checks from kernel loops.
 */
public final class CpuBuffer implements DeviceBuffer {

    /** Some virtual machines cannot allocate the last few indices of the int range. */
    private static final long MAX_ELEMENTS = Integer.MAX_VALUE - 16;

    private final float[] data;

    /**
     * Zeroed memory.
     *
     * @throws IllegalArgumentException if the count does not fit one array
     */
    public CpuBuffer(long numElements) {
        if (numElements < 0 || numElements > MAX_ELEMENTS) {
            throw new IllegalArgumentException(
                    "a buffer holds 0..%d floats, found %d; split the matrix or use fewer rows"
                            .formatted(MAX_ELEMENTS, numElements));
        }
        data = new float[(int) numElements];
    }

    /** The elements themselves, for kernels. */
    public float[] data() {
        return data;
    }

    @Override
    public long capacity() {
        return data.length;
    }

    @Override
    public void read(long offset, float[] target, int targetOffset, int count) {
        int from = (int) Objects.checkFromIndexSize(offset, count, data.length);
        System.arraycopy(data, from, target, targetOffset, count);
    }

    @Override
    public void write(long offset, float[] source, int sourceOffset, int count) {
        int from = (int) Objects.checkFromIndexSize(offset, count, data.length);
        System.arraycopy(source, sourceOffset, data, from, count);
    }
}
