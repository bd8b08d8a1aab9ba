package dev.nightjar.kernels.cpu;

import dev.nightjar.kernels.backend.IndexBuffer;
import java.util.Objects;

/** Host and device are one here, so committing only checks the count. */
public final class CpuIndexBuffer implements IndexBuffer {

    private final int[] host;

    /** Zeroed room for {@code capacity} ints. */
    public CpuIndexBuffer(int capacity) {
        host = new int[capacity];
    }

    @Override
    public int[] host() {
        return host;
    }

    @Override
    public void commit(int count) {
        Objects.checkFromIndexSize(0, count, host.length);
    }
}
